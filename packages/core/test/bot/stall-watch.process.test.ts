import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { afterEach, describe, expect, it } from '@jest/globals';

const script = path.join(__dirname, '..', 'fixtures', 'stalled-bot.mjs');

let child: ChildProcess;
let lines: string[];
let log: Interface;

/** A process of its own, with the built core. */
function start(kind: string, { json = false, node = [] as readonly string[] } = {}): void {
  const words = [...node, script, kind, json ? 'json' : 'text'];
  child = spawn(process.execPath, words, { stdio: ['ignore', 'inherit', 'pipe'] });
  if (!child.stderr) throw new Error('It has no log.');
  lines = [];
  log = createInterface({ input: child.stderr });
  log.on('line', (line) => lines.push(line));
}

async function logged(part: string): Promise<string> {
  for (;;) {
    const found = lines.find((line) => line.includes(part));
    if (found !== undefined) return found;
    await once(log, 'line');
  }
}

/** How it ended. */
async function ended(): Promise<readonly [number | null, NodeJS.Signals | null]> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return [child.exitCode, child.signalCode];
  }
  const [code, signal] = await once(child, 'exit');
  return [code, signal];
}

afterEach(async () => {
  child.kill('SIGKILL');
  await ended();
});

describe('a bot that stands still', () => {
  it.each(['loop', 'regex', 'microtasks'])(
    'says where, and gives Ctrl-C back, in a standstill of the kind "%s"',
    async (kind) => {
      start(kind);
      const said = await logged('has let nothing else run');
      expect(said).toMatch(
        /^error PertyBot itself has let nothing else run for \d s at .*stalled-bot/,
      );
      expect(said).toContain(`at ${kind === 'microtasks' ? 'again' : kind} (`);
      child.kill('SIGINT');
      expect(await ended()).toEqual([null, 'SIGINT']);
    },
    60_000,
  );

  it('ends by itself, whatever its signal handlers do', async () => {
    start('loop');
    await logged('has let nothing else run');
    await logged('stood still for 1');
    expect(await ended()).toEqual([null, 'SIGKILL']);
  }, 60_000);

  it('ends also in a call that nobody can look into, and says so as JSON', async () => {
    start('native', { json: true });
    const said = JSON.parse(await logged('in a call that nobody'));
    expect(said).toMatchObject({
      level: 'error',
      message: expect.stringContaining('entered last'),
    });
    expect(await ended()).toEqual([null, 'SIGKILL']);
  }, 60_000);

  it('says where, or at the least whose it was, in JSON, which the V8 of Node 26 lets nobody halt', async () => {
    start('json');
    expect(await logged('PertyBot itself')).toMatch(
      /has let nothing else run for \d s at .*stalled-bot|in a call that nobody can look into; PertyBot itself was entered last/,
    );
  }, 60_000);

  it('goes on with its own signal handlers when it moves again', async () => {
    start('short');
    await logged('has let nothing else run');
    await logged('It goes on again.');
    child.kill('SIGINT');
    await logged('It was asked to end.');
    expect(child.exitCode).toBeNull();
  }, 60_000);

  it('is told of nothing by a process that was stopped as a whole', async () => {
    start('none');
    await logged('ready');
    child.kill('SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    child.kill('SIGCONT');
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(lines.filter((line) => line.includes('nothing else run'))).toEqual([]);
  }, 60_000);

  it('is left alone while somebody debugs it', async () => {
    start('short', { node: ['--inspect=127.0.0.1:0'] });
    await logged('ready');
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    expect(lines.filter((line) => line.includes('nothing else run'))).toEqual([]);
  }, 60_000);
});
