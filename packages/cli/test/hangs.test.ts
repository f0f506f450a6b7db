import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { describe, expect, it, jest } from '@jest/globals';
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

/** A bot with a plugin that hangs, in a folder of its own. */
class HangingBot {
  private bot: ChildProcess | undefined;

  private constructor(readonly folder: TestFolder) {}

  /** What looks at one, which ends with it: all of them wait at the same time. */
  static with<Case extends readonly unknown[]>(
    look: (bot: HangingBot, ...given: Case) => Promise<void>,
  ): (...given: Case) => Promise<void> {
    return async (...given) => {
      const folder = await makeBotFolder({
        'plugins.yaml': 'plugins:\n  - use: ./plugins/hang.ts\n',
        'plugins/hang.ts': hanging,
      });
      const bot = new HangingBot(folder);
      try {
        await look(bot, ...given);
      } finally {
        await bot.end('SIGKILL');
        await folder.remove();
      }
    };
  }

  /** Starts it. @returns what waits for a line of its output */
  start(...words: readonly string[]): (part: string) => Promise<string> {
    this.bot = startPertybot(words, { folder: this.folder.path });
    const { stdout, stderr } = this.bot;
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

  /** @returns the signal that ended it, null where it ended by itself */
  async end(signal: NodeJS.Signals): Promise<NodeJS.Signals | null> {
    const { bot } = this;
    if (!bot) return null;
    if (bot.exitCode === null && bot.signalCode === null) {
      bot.kill(signal);
      await once(bot, 'exit');
    }
    return bot.signalCode;
  }

  /** Writes its plugin. */
  write(text: string): Promise<void> {
    return writeFile(this.folder.file('plugins/hang.ts'), text);
  }
}

describe('a plugin that never finishes loading', () => {
  it.concurrent.each(['start', 'dev'])(
    'is named by %s, which a signal ends',
    HangingBot.with(async (bot, command) => {
      const said = bot.start(command);
      expect(await said('has not finished loading yet.')).toContain('./plugins/hang.ts');
      expect(await bot.end('SIGTERM')).toBeNull();
    }),
  );

  it.concurrent(
    'fails after its time with what to do, and every command that looks at it ends',
    HangingBot.with(async (bot) => {
      const [check, schema] = await Promise.all([
        runPertybot(['check'], { folder: bot.folder.path }),
        runPertybot(['schema'], { folder: bot.folder.path }),
      ]);
      expect(check).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('"./plugins/hang.ts" does not finish loading.'),
      });
      expect(check.stderr).toContain('move that into start');
      expect(schema.code).toBe(1);
      expect(schema.stderr).toContain('Left out ./plugins/hang.ts: ');
      expect(schema.stderr).toContain('does not finish loading.');
    }),
  );

  it.concurrent(
    'does not keep a running bot from the next edit',
    HangingBot.with(async (bot) => {
      await bot.write(fine);
      const said = bot.start('start', '--log-level', 'debug');
      await said('Watching plugins.yaml');
      await bot.write(hanging);
      await said('has not finished loading yet.');
      await bot.write(fine.replace('It runs.', 'It runs anew.'));
      await said('It runs anew.');
    }),
  );
});

describe('a plugin that loops for ever', () => {
  it.concurrent.each(['start', 'dev'])(
    'is named by %s, which a signal ends',
    HangingBot.with(async (bot, command) => {
      await bot.write(looping);
      const said = bot.start(command);
      expect(await said('has let nothing else run')).toMatch(/The plugin \\?"hang\\?" has/);
      expect(await bot.end('SIGTERM')).toBe('SIGTERM');
    }),
  );

  it.concurrent(
    'is not watched where plugins.yaml says so',
    HangingBot.with(async (bot) => {
      await writeFile(
        bot.folder.file('plugins.yaml'),
        'watch: off\nplugins:\n  - use: ./plugins/hang.ts\n',
      );
      await bot.write(looping);
      const said = bot.start('start');
      const told = said('has let nothing else run').then(
        () => 'told',
        () => 'ended',
      );
      const pause = new Promise((resolve) => setTimeout(resolve, 6_000, 'silent'));
      expect(await Promise.race([told, pause])).toBe('silent');
    }),
  );
});
