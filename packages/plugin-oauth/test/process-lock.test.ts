import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { ProcessLock } from '../src/process-lock.js';

/** A process that takes the lock and keeps it. */
async function holdElsewhere(folder: string): Promise<ChildProcess> {
  const script = fileURLToPath(new URL('./processes/hold-lock.mjs', import.meta.url));
  const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return child;
}

describe('ProcessLock', () => {
  it('lets one task in at a time', async () => {
    const folder = randomUUID();
    const seen: string[] = [];
    const tasks = Array.from({ length: 10 }, (_, index) =>
      new ProcessLock('tokens', folder).run(async () => {
        seen.push(`${index} in`);
        await new Promise((resolve) => setImmediate(resolve));
        seen.push(`${index} out`);
      }),
    );
    await Promise.all(tasks);
    expect(seen).toHaveLength(20);
    for (let index = 0; index < 20; index += 2) {
      expect(seen[index + 1]).toBe(seen[index]?.replace('in', 'out'));
    }
  });

  it('lets the next one in after a task that throws', async () => {
    const lock = new ProcessLock('tokens', randomUUID());
    await expect(lock.run(() => Promise.reject(new Error('it broke')))).rejects.toThrow('it broke');
    expect(await lock.run(async () => 'in')).toBe('in');
  });

  it('does not make two bots wait for each other', async () => {
    const inside = await new ProcessLock('tokens', randomUUID()).run(() =>
      new ProcessLock('tokens', randomUUID()).run(async () => 'both'),
    );
    expect(inside).toBe('both');
  });

  it('is free at once when its holder is killed', async () => {
    const folder = randomUUID();
    const holder = await holdElsewhere(folder);
    const waiting = new ProcessLock('tokens', folder).run(async () => performance.now());
    const killed = performance.now();
    holder.kill('SIGKILL');
    expect((await waiting) - killed).toBeLessThan(1_000);
  });

  it('waits for another process until the signal fires', async () => {
    const folder = randomUUID();
    const holder = await holdElsewhere(folder);
    const ended = new AbortController();
    const waiting = new ProcessLock('tokens', folder).run(async () => 'in', ended.signal);
    ended.abort(new Error('called off'));
    await expect(waiting).rejects.toThrow('called off');
    holder.kill('SIGKILL');
  });
});
