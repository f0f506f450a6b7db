import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { flock } from '../../src/store/flock.js';
import { lockHolder, takeLock } from '../../src/store/process-lock.js';
import { SocketLock } from '../../src/store/socket-lock.js';

const command = 'pertybot test';

/** Where all starters find their program, in one file: strangers, too, wherever the sources are. */
const shared = mkdtempSync(path.join(realpathSync(tmpdir()), 'take-lock-'));
const script = path.join(shared, 'take-lock.mjs');
beforeAll(async () => {
  const source = fileURLToPath(new URL('../fixtures/take-lock.mjs', import.meta.url));
  await build({
    entryPoints: [source],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'esm',
  });
  chmodSync(shared, 0o755);
});
afterAll(() => rmSync(shared, { recursive: true }));

let place = '';
let folder = '';
let children: ChildProcess[] = [];

beforeEach(() => {
  place = mkdtempSync(path.join(realpathSync(tmpdir()), 'lock-'));
  folder = path.join(place, '.pertybot');
  children = [];
});

afterEach(() => {
  for (const { pid } of children) if (pid !== undefined) end(pid);
  rmSync(place, { recursive: true, maxRetries: 9 });
});

/** Starts a process that takes the lock; resolves to it and what it said. */
async function start(wait?: number, options: { readonly uid?: number } = {}) {
  const words = wait === undefined ? [script, folder] : [script, folder, `${wait}`];
  const child = spawn(process.execPath, words, {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
    ...options,
  });
  children.push(child);
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return { child, said: String(line) };
}

/** Ends a process, and those that it started. */
function end(pid: number) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has gone.
  }
}

async function kill(child: ChildProcess) {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

describe('takeLock', () => {
  it('lets one holder in, and tells others who that is', async () => {
    const lock = await takeLock(folder, 'test', { command });
    expect(await takeLock(folder, 'test', { command })).toBeUndefined();
    expect(await lockHolder(folder, 'test')).toMatchObject({ pid: process.pid, command });
    await lock?.release();
    expect(await lockHolder(folder, 'test')).toBeUndefined();
    const next = await takeLock(folder, 'test', { command });
    expect(next).toBeDefined();
    await next?.release();
  });

  it('keeps folders and names apart', async () => {
    const other = path.join(place, 'other');
    const locks = [
      await takeLock(folder, 'test', { command }),
      await takeLock(folder, 'tokens', { command }),
      await takeLock(other, 'test', { command }),
    ];
    expect(locks).not.toContain(undefined);
    await Promise.all(locks.map((lock) => lock?.release()));
  });

  it('lets those that wait in one by one', async () => {
    let inside = 0;
    let most = 0;
    const tasks = Array.from({ length: 10 }, async () => {
      const lock = await takeLock(folder, 'test', { command, wait: 30_000 });
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
      await lock?.release();
      return lock !== undefined;
    });
    expect(await Promise.all(tasks)).not.toContain(false);
    expect(most).toBe(1);
  });

  it('waits no longer than it is told, or until its signal fires', async () => {
    const lock = await takeLock(folder, 'test', { command });
    expect(await takeLock(folder, 'test', { command, wait: 50 })).toBeUndefined();
    const ending = new AbortController();
    const waiting = takeLock(folder, 'test', { command, wait: 60_000, signal: ending.signal });
    ending.abort();
    expect(await waiting).toBeUndefined();
    await lock?.release();
  });

  it('is not hindered by those that look who holds it', async () => {
    const looks = Array.from({ length: 20 }, () => lockHolder(folder, 'test'));
    const lock = await takeLock(folder, 'test', { command });
    expect(lock).toBeDefined();
    await Promise.all(looks);
    await lock?.release();
  });

  it('makes the folder and the file their owner’s alone', async () => {
    mkdirSync(folder);
    chmodSync(folder, 0o777);
    const lock = await takeLock(folder, 'test', { command });
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(path.join(folder, 'test.lock')).mode & 0o777).toBe(0o600);
    await lock?.release();
  });

  it('writes nothing through a link in the place of its file', async () => {
    mkdirSync(folder);
    const target = path.join(place, 'precious');
    writeFileSync(target, 'precious');
    symlinkSync(target, path.join(folder, 'test.lock'));
    const lock = await takeLock(folder, 'test', { command });
    expect(lock).toBeDefined();
    expect(readFileSync(target, 'utf8')).toBe('precious');
    await lock?.release();
  });
});

describe('the lock between processes', () => {
  it('has one holder of fifty starters, and is free when that is killed', async () => {
    for (const length of [50, 5]) {
      const starters = await Promise.all(Array.from({ length }, () => start()));
      const holders = starters.filter(({ said }) => !said.startsWith('refused'));
      expect(holders.map(({ said }) => said)).toEqual(['held']);
      const refused = starters.filter(({ said }) => said.startsWith('refused'));
      expect(new Set(refused.map(({ said }) => said))).toEqual(
        new Set([`refused ${holders[0]?.child.pid}`]),
      );
      await Promise.all(holders.map(({ child }) => kill(child)));
      expect(await lockHolder(folder, 'test')).toBeUndefined();
    }
  }, 120_000);

  it('goes from one to the next of twenty-five that wait, each killed as soon as it has it', async () => {
    const said = await Promise.all(
      Array.from({ length: 25 }, async () => {
        const starter = await start(60_000);
        await kill(starter.child);
        return starter.said;
      }),
    );
    expect(new Set(said)).toEqual(new Set(['held']));
  }, 120_000);
});

describe('flock', () => {
  const open = () => openSync(path.join(place, 'file'), 'a+', 0o600);

  it.each(['flock', 'perl'])('locks an open file by %s', async (program) => {
    const [one, other] = [open(), open()];
    expect(await flock(one, {}, ['/nowhere/flock', program])).toBe(true);
    expect(await flock(other, {}, [program])).toBe(false);
    expect(await flock(other, { shared: true }, [program])).toBe(false);
    const waiting = flock(other, { wait: 30_000 }, [program]);
    closeSync(one);
    expect(await waiting).toBe(true);
    closeSync(other);
  });

  it('says what to install where there is neither', async () => {
    const file = open();
    await expect(flock(file, {}, ['/nowhere/flock', '/nowhere/perl'])).rejects.toMatchObject({
      code: 'LOCK_FAILED',
      hint: expect.stringContaining('util-linux'),
    });
    closeSync(file);
  });
});

/** Only root can act as other users. */
const nobody = 65_534;
if (process.getuid?.() === 0) {
  describe('a stranger at the lock', () => {
    it('cannot take it, nor see who holds it', async () => {
      const lock = await takeLock(folder, 'test', { command });
      chmodSync(place, 0o755);
      expect((await start(undefined, { uid: nobody })).said).toMatch(
        /^failed (EACCES|EPERM|FOLDER_NOT_YOURS)$/,
      );
      await lock?.release();
    });

    it('keeps nobody out who took it in a folder that all may write', async () => {
      mkdirSync(folder);
      for (const each of [place, folder]) chmodSync(each, 0o777);
      const held = spawn(
        'flock',
        [path.join(folder, 'test.lock'), 'sh', '-c', 'echo held; exec sleep 60'],
        {
          uid: nobody,
          stdio: ['ignore', 'pipe', 'inherit'],
          detached: true,
        },
      );
      children.push(held);
      await once(held.stdout, 'data');
      const lock = await takeLock(folder, 'test', { command });
      expect(lock).toBeDefined();
      expect(await lockHolder(folder, 'test')).toMatchObject({ pid: process.pid });
      await lock?.release();
    });

    it('cannot pass his folder off as ours', async () => {
      mkdirSync(folder);
      chownSync(folder, 1_000, 1_000);
      chmodSync(folder, 0o777);
      chmodSync(place, 0o755);
      expect((await start(undefined, { uid: nobody })).said).toBe('failed FOLDER_NOT_YOURS');
    });
  });
}

describe('SocketLock', () => {
  it('lets one holder in where there is no flock', async () => {
    mkdirSync(folder);
    const lock = await SocketLock.take(folder, 'test', { command });
    expect(await SocketLock.take(folder, 'test', { command })).toBeUndefined();
    const waiting = SocketLock.take(folder, 'test', { command, wait: 10_000 });
    await lock?.release();
    const next = await waiting;
    expect(next).toBeDefined();
    await next?.release();
  });
});
