import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PassThrough, Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { writeAtOnce, writeLine } from '../../src/guardian/child-lines.js';

/** A pipe to a process that reads when it is told to, or never. */
function startReader(command: string): { pipe: Writable; said: Promise<string>; end(): void } {
  const child = spawn('sh', ['-c', command], { stdio: ['ignore', 'pipe', 'ignore', 'pipe'] });
  const pipe = child.stdio[3];
  if (!(pipe instanceof Writable)) throw new Error('There is no pipe.');
  pipe.on('error', () => {});
  let text = '';
  child.stdout?.on('data', (bytes: Buffer) => {
    text += bytes.toString();
  });
  const said = once(child, 'close').then(() => text);
  const end = () => {
    child.kill('SIGKILL');
    pipe.destroy();
  };
  return { pipe, said, end };
}

describe('writeAtOnce', () => {
  it('has written when it returns, past the stream, in order with what goes through it', async () => {
    const { pipe, said } = startReader('cat <&3');
    writeAtOnce(pipe, 'o 0 1 2 3');
    expect(pipe).toMatchObject({ writableLength: 0, bytesWritten: 0 });
    writeLine(pipe, 'x 0');
    writeAtOnce(pipe, 'f 0 4');
    pipe.end();
    expect(await said).toBe('o 0 1 2 3\nx 0\nf 0 4\n');
  });

  it('keeps no more than a stream does of what a stopped child does not read, and throws nothing', () => {
    const { pipe, end } = startReader('exec sleep 60');
    for (let line = 0; line < 20_000; line++) writeAtOnce(pipe, `o 0 1 2 ${line}`);
    expect(pipe.writableLength).toBeGreaterThan(0);
    expect(pipe.writableLength).toBeLessThanOrEqual(2 * pipe.writableHighWaterMark);
    end();
  });

  it('loses no part of a line when the pipe takes only its beginning', async () => {
    const { pipe, said } = startReader('sleep 0.2; cat <&3 | sort -u | wc -l');
    const line = 'a line that is always the same'.repeat(700);
    for (let count = 0; count < 40; count++) writeAtOnce(pipe, line);
    pipe.end();
    expect((await said).trim()).toBe('1');
  });

  it('writes nothing to a pipe that was closed, that is none, or that the child has left', async () => {
    const { pipe, said } = startReader('exec 3<&-; true');
    await said;
    writeAtOnce(pipe, 'f 0 1');
    pipe.destroy();
    writeAtOnce(pipe, 'f 0 2');
    writeAtOnce(null, 'f 0 3');
    expect(pipe.destroyed).toBe(true);
  });

  it('goes through a stream that has no file descriptor', () => {
    const stream = new PassThrough();
    writeAtOnce(stream, 'b 1');
    expect(String(stream.read())).toBe('b 1\n');
  });
});
