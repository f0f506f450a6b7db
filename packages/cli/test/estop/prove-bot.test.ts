import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startTimeOf } from '@pertybot/core/host';
import { signalBot } from '../../src/estop/prove-bot.js';

let stateFolder: string;
let child: ChildProcess | undefined;

beforeEach(async () => {
  stateFolder = await mkdtemp(join(tmpdir(), 'pertybot-prove-'));
});

afterEach(async () => {
  if (child && child.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  child = undefined;
  await rm(stateFolder, { recursive: true, maxRetries: 9 });
});

/** Runs a script in Perl that says a line when it is ready. @returns its process number */
async function startProgram(script: string): Promise<number> {
  child = spawn('perl', ['-e', `$| = 1; ${script}`], { stdio: ['ignore', 'pipe', 'ignore'] });
  if (!child.stdout || child.pid === undefined) throw new Error('It did not start.');
  await once(child.stdout, 'data');
  return child.pid;
}

const listening = '$SIG{USR2} = sub { print "came\\n"; exit 7 }; print "on\\n"; sleep 60 while 1';

describe('the signal to a bot', () => {
  it('goes to the process that took the lock', async () => {
    const pid = await startProgram(listening);
    expect(signalBot({ pid, startTime: startTimeOf(pid) }, stateFolder)).toBeUndefined();
    if (child) expect(await once(child, 'exit')).toEqual([7, null]);
  });

  it.each([-1, 0, 1, 1.5, Number.NaN, 2 ** 60, Number.POSITIVE_INFINITY])(
    'goes to nobody for the number %d',
    (pid) => {
      expect(signalBot({ pid, startTime: 1 }, stateFolder)).toMatch(/was sent nothing/);
    },
  );

  it('goes to nobody who has the number by now', async () => {
    const pid = await startProgram(listening);
    const startTime = (startTimeOf(pid) ?? 0) - 1;
    expect(signalBot({ pid, startTime }, stateFolder)).toContain('it is another one by now');
    expect(signalBot({ pid }, stateFolder)).toContain('when it began is not known');
    expect(child?.exitCode).toBeNull();
  });

  it('goes to nobody whom it would end', async () => {
    const pid = await startProgram('print "on\\n"; sleep 60');
    const holder = { pid, startTime: startTimeOf(pid) };
    expect(signalBot(holder, stateFolder)).toContain('it does not listen to that signal');
  });

  it('is no error when the process has ended', async () => {
    const pid = await startProgram('print "on\\n"');
    const startTime = startTimeOf(pid);
    if (child?.exitCode === null) await once(child, 'exit');
    expect(signalBot({ pid, startTime }, stateFolder)).toBe(
      `Process ${pid} was sent nothing: it is not there.`,
    );
  });

  it('goes to no process of another user', async () => {
    const pid = await startProgram(listening);
    const holder = { pid, startTime: startTimeOf(pid) };
    // A stranger's, as far as /proc tells.
    const getuid = process.getuid;
    process.getuid = () => 4_294_967;
    try {
      expect(signalBot(holder, stateFolder)).toContain('it is not yours');
    } finally {
      process.getuid = getuid;
    }
    expect(child?.exitCode).toBeNull();
  });
});
