import { describe, expect, it, jest } from '@jest/globals';
import { makeBotFolder } from '../support/bot-folder.js';
import { askPertybot } from '../support/served-command.js';

// Whole programs are started here.
jest.setTimeout(120_000);

const core = "import { definePlugin, v } from '@pertybot/core';\n";
const start = (name: string, line: string) =>
  `${core}export default definePlugin({\n  name: '${name}',\n  start({ command, on, every, after, say }) {\n    ${line}\n  },\n});\n`;

/** Faults that a beginner makes in a plugin: what is said of it, and what mends it. */
type Fault = readonly [file: string, told: string, cure: string];

/** Told before anything starts. */
const atLoad: Readonly<Record<string, Fault>> = {
  brace: [
    `${core}export default definePlugin({\n  name: 'brace',\n  start() {\n});\n`,
    'plugins/brace.ts:5:',
    'Mend',
  ],
  unexported: [
    `${core}export const dice = definePlugin({ name: 'a' });\n`,
    'does not export a plugin',
    'export default definePlugin',
  ],
  plain: ["export default { name: 'plain' };\n", 'does not export a plugin', 'definePlugin'],
  capital: [
    `${core}export default definePlugin({ name: 'a', Start() {} });\n`,
    'plugins/capital.ts:2:16 The plugin "a" has an unknown "Start"',
    '"start"',
  ],
  text: [
    `${core}export default definePlugin({ name: 'a', needs: { gpio: 'Gpio' } });\n`,
    'plugins/text.ts:2:16',
    'needs: { gpio: Gpio }',
  ],
  words: [
    `${core}export default definePlugin({ name: 'My Dice' });\n`,
    'plugins/words.ts:2:16 A plugin is called',
    "name: 'hello'",
  ],
  unneeded: [
    `${core}export default definePlugin({ name: 'a', start({ gpio }) { gpio.output(17); } });\n`,
    'its start takes "gpio"',
    'needs: { gpio: Gpio }',
  ],
  misspelt: [
    "import { definePlugins } from '@pertybot/core';\nexport default definePlugins({ name: 'a' });\n",
    'plugins/misspelt.ts:1:10',
    'how "definePlugins" is spelled',
  ],
  json: [
    `const data = JSON.parse('{ broken');\n${start('json', '')}`,
    'plugins/json.ts:1:19',
    'Mend',
  ],
  required: [
    `const fs = require('node:fs');\n${start('required', '')}`,
    'plugins/required.ts:1:12',
    "import fs from 'node:fs'",
  ],
  jsx: [`const hi = <b>hi</b>;\n${start('jsx', '')}`, 'plugins/jsx.ts:1:12 JSX', 'in quotes'],
};

/** Told when it starts, or when it is used. */
const atRun: Readonly<Record<string, Fault>> = {
  event: [
    start('event', "on('messages', () => {});"),
    'There is no event "messages"',
    'on("message"',
  ],
  swapped: [
    start('swapped', "every(() => say('hi'), '5m');"),
    'given a function as a duration',
    'every("30s"',
  ],
  bare: [start('bare', 'every(10, () => {});'), 'every() was given 10', 'every("10s"'],
  minutes: [start('minutes', "after('5 minutes', () => {});"), 'given "5 minutes"', 'after("30s"'],
  pause: [
    start('pause', "command('pause', { cooldown: '5 sec' }, () => {});"),
    'not "5 sec"',
    'such as 30s',
  ],
  twice: [
    start('twice', "command('two', () => {}); command('two', () => {});"),
    'twice that of',
    'another name where "twice"',
  ],
  kind: [
    start('kind', "command('kind [n:integer]', () => {});"),
    'type "integer" is unknown',
    '"int"',
  ],
  behind: [
    start('behind', "command('behind [n:int] <m:int>', () => {});"),
    'stands behind the optional',
    'Write it like',
  ],
  subs: [
    start('subs', "command('subs', { allow: ['subs'] }, () => {});"),
    'not "subs"',
    '"subscriber"',
  ],
  number: [
    start('number', "command('number', ({ reply }) => reply(6));"),
    'reply() needs a text',
    'String(number)',
  ],
  silent: [
    start('silent', "command('silent', () => 'six');"),
    'returned a text',
    'Write: reply(text)',
  ],
  timer: [
    start('timer', 'return setInterval(() => {}, 60_000).unref();'),
    'The start of "timer" returned an object',
    'a function that undoes',
  ],
  late: [
    start('late', "command('late', ({ args }) => args.n.toFixed());"),
    'failed in command late',
    'plugins/late.ts:5:',
  ],
};

function botOf(plugins: Readonly<Record<string, Fault>>) {
  const names = Object.keys(plugins);
  const files = names.map((name) => [`plugins/${name}.ts`, plugins[name]?.[0] ?? ''] as const);
  const entries = names.map((name) => `  - use: ./plugins/${name}.ts\n`).join('');
  const twitch =
    '  - use: oauth\n    config: { clientId: a }\n  - use: irc\n    config: { channels: [a] }\n';
  return makeBotFolder({
    'plugins.yaml': `plugins:\n${twitch}${entries}`,
    ...Object.fromEntries(files),
  });
}

describe('a fault in a plugin of one file', () => {
  it('is told with its place and cure before anything starts', async () => {
    const bot = await botOf(atLoad);
    try {
      const { stderr, code } = await askPertybot(['check'], { folder: bot.path });
      expect(code).toBe(1);
      for (const [, told, cure] of Object.values(atLoad)) {
        expect(stderr).toContain(told);
        expect(stderr).toContain(cure);
      }
    } finally {
      await bot.remove();
    }
  });

  it('is told in a pipe when it starts or is used, and costs no other plugin', async () => {
    const bot = await botOf(atRun);
    try {
      const input = '!number\n!silent\n!late\n';
      const { stdout, code } = await askPertybot(['dev'], { folder: bot.path, input });
      expect(code).toBe(1);
      expect(stdout).toContain('Ready');
      for (const [, told, cure] of Object.values(atRun)) {
        expect(stdout).toContain(told);
        expect(stdout).toContain(cure);
      }
    } finally {
      await bot.remove();
    }
  });
});
