import { isUtf8 } from 'node:buffer';
import { ConfigError } from './config-error.js';

/** Bytes that are looked at for what only UTF-16 has: zeros, as half of each letter. */
const lookedAt = 64;

const newline = 10;

/**
 * The text of a file, without a byte order mark.
 * @throws ConfigError CONFIG_UNREADABLE for what is no UTF-8: what an old editor or `>` of PowerShell wrote
 */
export function decodeText(bytes: Buffer, file: string): string {
  if (isUtf16(bytes)) throw notUtf8(`"${file}" is saved as UTF-16.`);
  if (!isUtf8(bytes)) {
    throw notUtf8(`"${file}" has letters on line ${firstWrongLine(bytes)} that are no UTF-8.`);
  }
  const text = bytes.toString('utf8');
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

function isUtf16(bytes: Buffer): boolean {
  const [first, second] = bytes;
  const isMarked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const head = bytes.subarray(0, lookedAt);
  return isMarked || head.filter((byte) => byte === 0).length * 4 > head.length;
}

/** A line ends at its own byte in UTF-8, whatever stands around it. */
function firstWrongLine(bytes: Buffer): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const found = bytes.indexOf(newline, start);
    const end = found < 0 ? bytes.length : found;
    if (!isUtf8(bytes.subarray(start, end))) return line;
    start = end + 1;
  }
  return line;
}

function notUtf8(message: string): ConfigError {
  const hint = 'Save it as UTF-8; in PowerShell, write: … | Out-File -Encoding utf8 FILE';
  return new ConfigError('CONFIG_UNREADABLE', message, { hint });
}
