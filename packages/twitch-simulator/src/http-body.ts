import type { IncomingMessage } from 'node:http';

const largestBody = 64 * 1024;

/** Reads the body of a request as text; of one past 64 KiB only the beginning. */
export async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size <= largestBody) chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}
