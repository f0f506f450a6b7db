import { isUtf8 } from 'node:buffer';
import { MirrorError } from './mirror-error.mjs';

/** Bytes that are looked at for what only UTF-16 has: zeros, as half of each letter. */
const lookedAt = 64;

const newline = 10;

const hint = 'Save it as UTF-8; in PowerShell, write: … | Out-File -Encoding utf8 FILE';

/**
 * The text of a file, without a byte order mark.
 * @throws MirrorError for what is no UTF-8: what an old editor or `>` of PowerShell wrote
 */
export function readText(file, bytes) {
  if (isUtf16(bytes)) throw new MirrorError(file, 'it is saved as UTF-16', { hint });
  if (!isUtf8(bytes)) throw wrongLetters(file, bytes);
  const text = bytes.toString('utf8');
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

function isUtf16(bytes) {
  const [first, second] = bytes;
  const isMarked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const head = bytes.subarray(0, lookedAt);
  return isMarked || head.filter((byte) => byte === 0).length * 4 > head.length;
}

/** A line ends at its own byte in UTF-8, whatever stands around it. */
function wrongLetters(file, bytes) {
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const found = bytes.indexOf(newline, start);
    const end = found < 0 ? bytes.length : found;
    const column = wrongColumn(bytes.subarray(start, end));
    if (column !== undefined) {
      return new MirrorError(file, 'here are letters that are no UTF-8', { line, column, hint });
    }
    start = end + 1;
  }
  return new MirrorError(file, 'it is not saved as UTF-8', { hint });
}

/** Where on a line the first letter stands that is none. */
function wrongColumn(bytes) {
  if (isUtf8(bytes)) return undefined;
  return bytes.toString('utf8').indexOf('\uFFFD') + 1;
}
