/**
 * A file in an archive.
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html "ustar Interchange Format"
 */
export interface TarFile {
  /** With slashes, as it stands in the archive. */
  readonly path: string;
  readonly mode: number;
  readonly bytes: Buffer;
}

const block = 512;

/** Longest name that a header holds, bytes; a longer one has a header of its own. */
const longestName = 100;

/** Makes an archive that every tar reads. Times and owners are left out: they are nobody's business. */
export function writeTar(files: readonly TarFile[]): Buffer {
  const parts = files.flatMap(({ path, mode, bytes }) => [
    ...longName(path),
    header(Buffer.from(path).subarray(0, longestName), { mode, size: bytes.length, type: '0' }),
    padded(bytes),
  ]);
  return Buffer.concat([...parts, Buffer.alloc(2 * block)]);
}

function longName(path: string): readonly Buffer[] {
  if (Buffer.byteLength(path) <= longestName) return [];
  const text = ` path=${path}\n`;
  // The number counts itself.
  const bare = Buffer.byteLength(text);
  let length = bare + String(bare).length;
  length = bare + String(length).length;
  const record = Buffer.from(`${length}${text}`);
  const head = { mode: 0o644, size: record.length, type: 'x' };
  return [header(Buffer.from('PaxHeader'), head), padded(record)];
}

function header(
  name: Buffer,
  { mode, size, type }: { readonly mode: number; readonly size: number; readonly type: string },
): Buffer {
  const bytes = Buffer.alloc(block);
  name.copy(bytes);
  const put = (text: string, at: number) => void bytes.write(text, at, 'latin1');
  put(`${octal(mode, 7)}\0`, 100);
  put(`${octal(0, 7)}\0${octal(0, 7)}\0`, 108);
  put(`${octal(size, 11)}\0${octal(0, 11)}\0`, 124);
  put(`${' '.repeat(8)}${type}`, 148);
  put('ustar\u000000', 257);
  put(`${octal(checksum(bytes), 6)}\0 `, 148);
  return bytes;
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0');
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((block - (bytes.length % block)) % block)]);
}

function checksum(bytes: Buffer): number {
  let sum = 0;
  for (const [at, byte] of bytes.subarray(0, block).entries()) {
    sum += at >= 148 && at < 156 ? 0x20 : byte;
  }
  return sum;
}

/** Thrown whenever an archive is none, is damaged, or holds what is no file. */
export class TarError extends Error {}

/**
 * Reads the files of an archive; folders are left out.
 * @throws TarError for links, devices and all else that is no file, and for what is damaged
 */
export function readTar(archive: Buffer): readonly TarFile[] {
  const files: TarFile[] = [];
  let name: string | undefined;
  for (let at = 0; at + block <= archive.length; ) {
    const head = archive.subarray(at, at + block);
    if (head.every((byte) => byte === 0)) return files;
    const { path, mode, size, type } = readHeader(head);
    const bytes = archive.subarray(at + block, at + block + size);
    if (bytes.length < size) throw new TarError('It ends in the middle of a file.');
    at += block + Math.ceil(size / block) * block;
    if (type === 'x') name = paxPath(bytes) ?? name;
    else if (type === 'L') name = text(bytes);
    else if (type === '0' || type === '\0') {
      files.push({ path: name ?? path, mode, bytes });
      name = undefined;
    } else if (type === '5' || type === 'g') name = undefined;
    else throw new TarError(`"${name ?? path}" is no file, but a link or a device.`);
  }
  throw new TarError('Its end is missing.');
}

function readHeader(head: Buffer) {
  if (number(head, 148, 8) !== checksum(head)) throw new TarError('A checksum is wrong.');
  const isUstar = text(head.subarray(257, 262)) === 'ustar';
  const prefix = isUstar && head[262] === 0 ? text(head.subarray(345, 500)) : '';
  const name = text(head.subarray(0, 100));
  return {
    path: prefix === '' ? name : `${prefix}/${name}`,
    mode: number(head, 100, 8),
    size: number(head, 124, 12),
    type: String.fromCharCode(head[156] ?? 0),
  };
}

function number(head: Buffer, at: number, length: number): number {
  const digits = text(head.subarray(at, at + length)).trim();
  if (!/^[0-7]*$/.test(digits)) throw new TarError('A number in it makes no sense.');
  return digits === '' ? 0 : Number.parseInt(digits, 8);
}

function text(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return bytes.subarray(0, end === -1 ? bytes.length : end).toString('utf8');
}

function paxPath(bytes: Buffer): string | undefined {
  return /(?:^|\n)\d+ path=([^\n]*)\n/.exec(bytes.toString('utf8'))?.[1];
}
