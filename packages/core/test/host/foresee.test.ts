// biome-ignore-all lint/suspicious/noTemplateCurlyInString: plugins.yaml writes variables so
import { describe, expect, it } from '@jest/globals';
import { toFoundError } from '../../src/bot/read-composition.js';
import type { CommandTrace } from '../../src/contracts/declaration.js';
import { foresee } from '../../src/host/foresee.js';
import { definePlugin, type Plugin, v } from '../../src/index.js';
import { composeOf } from './compose.js';

const started: string[] = [];
const start = () => void started.push('a start');

const installed: Readonly<Record<string, Plugin>> = {
  dice: definePlugin({
    name: 'dice',
    commands: { 'roll [sides:int]': { about: 'Rolls', allow: 'vip', cooldown: '5s' } },
    start,
  }),
  texts: definePlugin({
    name: 'texts',
    config: v.strictObject({ words: v.optional(v.array(v.string()), []) }),
    commands: ({ words }) => Object.fromEntries(words.map((word) => [word, {}])),
    start,
  }),
  silent: definePlugin({ name: 'silent', start }),
  still: definePlugin({ name: 'still' }),
  broken: definePlugin({
    name: 'broken',
    commands: () => {
      throw new Error('no way');
    },
  }),
  own: definePlugin({
    name: 'own',
    commands: { 'paint <color:hue>': { types: { hue: (word) => word } } },
  }),
};

const compose = composeOf(installed);

const none = () => undefined;

describe('what is known before a start', () => {
  it('is what plugins declare, tuned as the owner wants it, and nothing is started', async () => {
    const composition = await compose(
      'plugins:\n  - use: dice\n    commands: { roll: { name: toss, allow: everyone } }\n  - use: own\n  - use: texts\n    config: { words: [hello] }\n',
    );
    const { commands, faults, unknown } = await foresee(composition, none);
    expect(commands).toMatchObject([
      { name: 'hello', plugin: 'texts' },
      { name: 'paint', usage: 'paint <color:hue>' },
      { name: 'toss', ownName: 'roll', allow: 'everyone', cooldown: { everyone: 5_000 } },
    ]);
    expect({ faults, unknown, started }).toEqual({ faults: [], unknown: [], started: [] });
  });

  it('finds what is tuned and does not exist, with its line', async () => {
    const composition = await compose(
      'plugins:\n  - use: dice\n    commands:\n      rol: { allow: vip }\n      fan: { enabled: false }\n',
    );
    const { faults, doubts } = await foresee(composition, none);
    const [rol, fan] = faults;
    expect(rol).toMatchObject({ path: ['commands', 'rol'], hint: 'Did you mean "roll"?' });
    expect(fan).toMatchObject({ path: ['commands', 'fan'], hint: 'It has: roll.' });
    expect({ count: faults.length, doubts }).toEqual({ count: 2, doubts: [] });
    const found = faults.map((fault) => ({ path: [], isKey: true, ...fault }));
    expect(toFoundError(composition, found).message).toContain(
      'plugins.yaml:4:7 commands: "dice" has no command "rol"',
    );
  });

  it.each([
    [
      'an alias of the later one',
      '- use: dice\n  - use: texts\n    config: { words: [hello] }\n    commands:\n      hello: { aliases: [hi, roll] }',
      'plugins.yaml:6:30 The command "roll"',
    ],
    [
      'an alias of the earlier one',
      '- use: dice\n    commands:\n      roll: { aliases: [hello] }\n  - use: texts\n    config: { words: [hello] }',
      'plugins.yaml:4:25 The command "hello"',
    ],
    [
      'a new name',
      '- use: dice\n  - use: texts\n    config: { words: [hello] }\n    commands:\n      hello: { name: roll }',
      'plugins.yaml:6:16 The command "roll"',
    ],
  ])('places a clash at %s, and costs one command', async (_, yaml, place) => {
    const composition = await compose(`plugins:\n  ${yaml}\n`);
    const { faults, commands } = await foresee(composition, none);
    expect({ faults: faults.length, commands: commands.length }).toEqual({
      faults: 1,
      commands: 1,
    });
    const found = faults.map((fault) => ({ path: [], isKey: true, ...fault }));
    expect(toFoundError(composition, found).message).toContain(place);
  });

  it('only doubts what is tuned of plugins that do not tell their commands', async () => {
    const composition = await compose(
      'plugins:\n  - use: silent\n    commands: { hus: { allow: vip } }\n',
    );
    expect(await foresee(composition, none)).toMatchObject({
      faults: [],
      doubts: [expect.stringContaining('tunes "hus" of "silent"')],
    });
    const known: readonly CommandTrace[] = [{ signature: 'hush', about: 'Is quiet' }];
    expect(await foresee(composition, () => ({ commands: known, rewards: [] }))).toMatchObject({
      faults: [],
      doubts: [expect.stringContaining('Did you mean "hush"?')],
    });
  });

  it('names the plugins of which nothing is known, but not those that start nothing', async () => {
    const composition = await compose('plugins:\n  - use: silent\n  - use: still\n');
    expect(await foresee(composition, none)).toMatchObject({ unknown: ['silent'] });
    const known: readonly CommandTrace[] = [{ signature: 'hush', about: 'Is quiet' }];
    expect(await foresee(composition, () => ({ commands: known, rewards: [] }))).toMatchObject({
      commands: [{ name: 'hush', plugin: 'silent', about: 'Is quiet' }],
      unknown: [],
    });
  });

  it('finds the command of two plugins, in the one that stands later', async () => {
    const composition = await compose(
      'plugins:\n  - use: texts\n    config: { words: [roll, hi] }\n  - use: dice\n',
    );
    const { commands, faults } = await foresee(composition, none);
    expect(commands.map(({ name, plugin }) => `${plugin} ${name}`)).toEqual([
      'texts hi',
      'texts roll',
    ]);
    expect(faults).toMatchObject([
      { plugin: 'dice', message: expect.stringContaining('stays with "texts"') },
    ]);
  });

  it('tells what a declaration throws as the fault of its plugin', async () => {
    const composition = await compose('plugins:\n  - use: broken\n  - use: dice\n');
    const { commands, faults } = await foresee(composition, none);
    expect(faults).toEqual([{ plugin: 'broken', message: 'no way', hint: undefined }]);
    expect(commands).toHaveLength(1);
  });

  it('goes on without variables, and names those that are missing', async () => {
    const text =
      'plugins:\n  - use: texts\n    config: { words: ["${A}", "${B:-b}"] }\n  - use: dice\n';
    const { plugins } = await compose(text);
    expect(plugins.map(({ id, lacks, written }) => ({ id, lacks, written }))).toEqual([
      { id: 'texts', lacks: ['A'], written: '{"words":["${A}","${B:-b}"]}' },
      { id: 'dice', lacks: [], written: '' },
    ]);
    await expect(compose(text, { mayLack: false })).rejects.toThrow('the variable A is not set');
  });

  it('tells faults that others found with their line and a caret', async () => {
    const composition = await compose('plugins:\n  - use: texts\n    config: { words: [a] }\n');
    const { message } = toFoundError(composition, [
      { plugin: 'texts', path: ['config', 'words', 0], message: 'is wrong', hint: 'Mend it.' },
    ]);
    expect(message).toBe(
      'plugins.yaml:3:23 is wrong\n  3 |     config: { words: [a] }\n    |                       ^\n  Mend it.',
    );
  });
});
