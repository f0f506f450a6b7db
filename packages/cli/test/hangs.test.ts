import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { makeBotFolder, type TestFolder } from './support/bot-folder.js';
import { runPertybot, startPertybot } from './support/run-pertybot.js';

jest.setTimeout(90_000);

const hanging = `import { definePlugin } from '@pertybot/core';
await new Promise(() => { setInterval(() => {}, 1_000); });
export default definePlugin({ name: 'hang' });
`;
const fine = `import { definePlugin } from '@pertybot/core';
export default definePlugin({ name: 'hang', start({ log }) { log.info('It runs.'); } });
`;
const looping = `import { definePlugin } from '@pertybot/core';
export default definePlugin({
  name: 'hang',
  start() {
    // Lets nothing else run, and the processor rest.
    for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  },
});
`;

let folder: TestFolder;
let bot: ChildProcess | undefined;

beforeEach(async () => {
  folder = await makeBotFolder({
    'plugins.yaml': 'plugins:\n  - use: ./plugins/hang.ts\n',
    'plugins/hang.ts': hanging,
  });
});
afterEach(async () => {
  if (bot && bot.exitCode === null && bot.signalCode === null) {
    bot.kill('SIGKILL');
    await once(bot, 'exit');
  }
  bot = undefined;
  await folder.remove();
});

/** Starts a bot. @returns what waits for a line of its output */
function start(...words: readonly string[]): (part: string) => Promise<string> {
  bot = startPertybot(words, { folder: folder.path });
  const { stdout, stderr } = bot;
  if (!stdout || !stderr) throw new Error('The bot has no output.');
  const said: string[] = [];
  const logs = [stdout, stderr].map((input) => createInterface({ input }));
  for (const log of logs) log.on('line', (line) => said.push(line));
  return async (part) => {
    for (;;) {
      const found = said.find((line) => line.includes(part));
      if (found !== undefined) return found;
      await Promise.race(logs.map((log) => once(log, 'line')));
    }
  };
}

describe('a plugin that never finishes loading', () => {
  it.each(['start', 'dev'])('is named by %s, which a signal ends', async (command) => {
    const said = start(command);
    expect(await said('has not finished loading yet.')).toContain('./plugins/hang.ts');
    bot?.kill('SIGTERM');
    await once(bot as ChildProcess, 'exit');
    expect(bot?.signalCode).toBeNull();
  });

  it('fails after its time with what to do, and every command that looks at it ends', async () => {
    const [check, schema] = await Promise.all([
      runPertybot(['check'], { folder: folder.path }),
      runPertybot(['schema'], { folder: folder.path }),
    ]);
    expect(check).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('"./plugins/hang.ts" does not finish loading.'),
    });
    expect(check.stderr).toContain('move that into start');
    expect(schema.code).toBe(1);
    expect(schema.stderr).toContain('Left out ./plugins/hang.ts: ');
    expect(schema.stderr).toContain('does not finish loading.');
  });

  it('does not keep a running bot from the next edit', async () => {
    await writeFile(folder.file('plugins/hang.ts'), fine);
    const said = start('start', '--log-level', 'debug');
    await said('Watching plugins.yaml');
    await writeFile(folder.file('plugins/hang.ts'), hanging);
    await said('has not finished loading yet.');
    await writeFile(folder.file('plugins/hang.ts'), fine.replace('It runs.', 'It runs anew.'));
    await said('It runs anew.');
  });
});

describe('a plugin that loops for ever', () => {
  it.each(['start', 'dev'])('is named by %s, which a signal ends', async (command) => {
    await writeFile(folder.file('plugins/hang.ts'), looping);
    const said = start(command);
    expect(await said('has let nothing else run')).toMatch(/The plugin \\?"hang\\?" has/);
    bot?.kill('SIGTERM');
    await once(bot as ChildProcess, 'exit');
    expect(bot?.signalCode).toBe('SIGTERM');
  });

  it('is not watched where plugins.yaml says so', async () => {
    await writeFile(
      folder.file('plugins.yaml'),
      'watch: off\nplugins:\n  - use: ./plugins/hang.ts\n',
    );
    await writeFile(folder.file('plugins/hang.ts'), looping);
    const said = start('start');
    const told = said('has let nothing else run').then(
      () => 'told',
      () => 'ended',
    );
    const pause = new Promise((resolve) => setTimeout(resolve, 6_000, 'silent'));
    expect(await Promise.race([told, pause])).toBe('silent');
  });
});
