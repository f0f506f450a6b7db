import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { guardianName, guardianScript } from '../../src/guardian/guardian-script.js';

describe('the guardian', () => {
  let folder: string;
  let guardian: ChildProcess;
  const levels = () => ['lamp', 'relay'].map((name) => readFileSync(join(folder, name), 'utf8'));
  const switchOn = () => {
    writeFileSync(join(folder, 'lamp'), '1');
    writeFileSync(join(folder, 'relay'), '0');
  };

  /** Starts it over two files that stand for the value files of an output each. */
  async function start(silence: number): Promise<void> {
    const lines = [`0:${join(folder, 'lamp')}`, `1:${join(folder, 'relay')}`];
    guardian = spawn('perl', ['-e', guardianScript, String(silence / 1_000), ...lines], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    if (guardian.stdout) await once(guardian.stdout, 'data');
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pertybot-'));
    switchOn();
  });

  afterEach(() => void guardian.kill('SIGKILL'));

  it('sets the safe levels when the pipe ends, and leaves', async () => {
    await start(60_000);
    guardian.stdin?.end('.');
    expect(await once(guardian, 'exit')).toEqual([0, null]);
    expect(levels()).toEqual(['0', '1']);
  });

  it('touches nothing after a goodbye', async () => {
    await start(60_000);
    guardian.stdin?.end('..q');
    expect(await once(guardian, 'exit')).toEqual([0, null]);
    expect(levels()).toEqual(['1', '0']);
  });

  it('does not leave when it is asked to', async () => {
    await start(60_000);
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'] as const) guardian.kill(signal);
    guardian.stdin?.end();
    expect(await once(guardian, 'exit')).toEqual([0, null]);
    expect(levels()).toEqual(['0', '1']);
  });

  it('sets the safe levels after each silence, once', async () => {
    await start(100);
    await safe();
    switchOn();
    guardian.stdin?.write('.');
    await safe();
    switchOn();
    guardian.stdin?.end('q');
    await once(guardian, 'exit');
    expect(levels()).toEqual(['1', '0']);
  });

  it('sets the safe levels at once when another process asks', async () => {
    await start(60_000);
    guardian.kill('SIGUSR2');
    await safe();
    guardian.stdin?.end('q');
    expect(await once(guardian, 'exit')).toEqual([0, null]);
  });

  it('goes by a name of its own', async () => {
    await start(60_000);
    expect(readFileSync(`/proc/${guardian.pid}/comm`, 'utf8').trim()).toBe(guardianName);
  });

  /** Resolves when both files have their safe levels. */
  async function safe(): Promise<void> {
    const changes = watch(folder);
    while (levels().join() !== '0,1') await once(changes, 'change');
    changes.close();
  }
});
