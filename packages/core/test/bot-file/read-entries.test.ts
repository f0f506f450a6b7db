import { describe, expect, it } from '@jest/globals';
import { parseBotFile, toConfigError } from '../../src/bot-file/bot-file.js';
import type { BotFileOverlay } from '../../src/bot-file/entry.js';

const read = (text: string, environment = {}, overlay: BotFileOverlay = {}) =>
  parseBotFile(text, environment, overlay);

const faultsOf = (text: string) =>
  read(text).problems.map(
    ({ position, message }) => `${position.line}:${position.column} ${message}`,
  );

describe('entries of plugins.yaml', () => {
  it('have what is written, and what goes without saying', () => {
    const { prefix, watch, replies, entries, problems } = read('plugins:\n  - use: irc\n');
    expect({ prefix, watch, replies, problems }).toEqual({
      prefix: '!',
      watch: true,
      replies: {},
      problems: [],
    });
    expect(entries).toEqual([
      {
        id: 'irc',
        use: 'irc',
        enabled: true,
        config: undefined,
        commands: {},
        rewards: {},
        startTimeout: undefined,
        path: ['plugins', 0],
        written: '',
        lacks: [],
        overlaid: [],
      },
    ]);
  });

  it('have their times in milliseconds and their config as it stands', () => {
    const [entry] = read(
      'plugins:\n  - use: ./a.ts\n    id: one\n    startTimeout: 2m\n    config: [1, { a: b }]\n',
    ).entries;
    expect(entry).toMatchObject({
      id: 'one',
      startTimeout: 120_000,
      config: [1, { a: 'b' }],
      written: '[1,{"a":"b"}]',
    });
  });

  it.each([
    ['watch: off', false],
    ['watch: on', true],
    ['watch: false', false],
    ['watch: "off"', false],
  ])('the key %s means %s', (line, watch) => {
    expect(read(`${line}\nplugins: []\n`).watch).toBe(watch);
  });

  it('are none in what is no bot at all, which is said with an example', () => {
    for (const text of ['', '# nothing', 'text', '[]', '- use: irc', '12', 'null']) {
      const { entries, problems } = read(text);
      expect([text, entries.length]).toEqual([text, 0]);
      expect(problems.map(({ message }) => message)).toEqual([
        'expected "plugins:" with a list of plugins below it',
      ]);
      expect(problems[0]?.hint).toContain('- use: oauth');
    }
  });

  it('are none in what is no YAML, whose faults are told alone', () => {
    const { entries, problems } = read('plugins:\n\t- use: irc\nbroken: [');
    expect(entries).toEqual([]);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems[0]?.message).toBe('a tab indents this line');
  });

  it('may be a thousand and not one more', () => {
    const many = (count: number) =>
      `plugins:\n${Array.from({ length: count }, (_, index) => `  - { use: ./p.ts, id: p${index} }`).join('\n')}\n`;
    expect(read(many(1_000)).entries).toHaveLength(1_000);
    expect(read(many(1_000)).problems).toEqual([]);
    const { entries, problems } = read(many(1_001));
    expect(entries).toEqual([]);
    expect(problems).toMatchObject([
      {
        position: { line: 1_002, column: 5 },
        message: 'plugins: expected at most 1000 entries, received 1001',
      },
    ]);
  });
});

describe('faults of entries', () => {
  it('say what was found where an entry should be, and what to write', () => {
    const { problems } = read('plugins:\n  - irc\n  - use:irc\n  - 5\n  -\n  - [a]\n');
    expect(problems.map(({ message, hint }) => [message, hint])).toEqual([
      ['expected an entry such as "- use: irc", received "irc"', 'Write: - use: irc'],
      ['expected an entry such as "- use: irc", received "use:irc"', 'Write: - use: irc'],
      ['expected an entry such as "- use: irc", received 5', undefined],
      ['expected an entry such as "- use: irc", received nothing', undefined],
      ['expected an entry such as "- use: irc", received a list', undefined],
    ]);
  });

  it('name keys that nobody knows, with the one that is meant', () => {
    const { problems } = read(
      'prefx: "?"\nplugins:\n  - use: irc\n    confg: {}\n    comands: {}\n',
    );
    expect(problems.map(({ message, hint }) => [message, hint])).toEqual([
      ['prefx: unknown key "prefx"', 'Did you mean "prefix"?'],
      ['confg: unknown key "confg"', 'Did you mean "config"?'],
      ['comands: unknown key "comands"', 'Did you mean "commands"?'],
    ]);
  });

  it('of one entry leave the others as they are', () => {
    const { entries, problems } = read('plugins:\n  - use: 5\n  - use: irc\n  - id: x\n');
    expect(entries.map(({ id }) => id)).toEqual(['irc']);
    expect(problems.map(({ position }) => position.line)).toEqual([2, 4]);
  });

  it('leave the config to be checked where something else in the entry is wrong', () => {
    const { entries } = read('plugins:\n  - use: irc\n    id: Not Good\n    config: { a: 1 }\n');
    expect(entries).toMatchObject([{ use: 'irc', enabled: true, config: { a: 1 } }]);
  });

  it('do not switch on what is off, where something else in the entry is wrong', () => {
    const { entries } = read('plugins:\n  - use: irc\n    enabled: false\n    nonsense: 1\n');
    expect(entries).toMatchObject([{ use: 'irc', enabled: false }]);
  });

  it('find lists where maps belong, and tell nothing else of what stands in them', () => {
    const lists =
      'replies: [a]\nplugins:\n  - use: irc\n    commands: [lamp]\n    rewards: [x, { cost: y }]\n';
    expect(faultsOf(lists)).toEqual([
      '1:10 replies: expected a map, received a list',
      '4:15 commands: expected a map, received a list',
      '5:14 rewards: expected a map, received a list',
    ]);
    expect(
      faultsOf('plugins:\n  - use: irc\n    commands: { a: [b], c: { d: 1 } }\n    id: A b\n'),
    ).toEqual([
      '3:20 commands.a: expected a map, received a list',
      expect.stringContaining('4:9 id: expected'),
      '3:30 commands.c.d: unknown key "d"',
    ]);
  });

  it.each([
    ['plugins:\n  - use: irc\n    __proto__: 4\n', '3:5 "__proto__" cannot be a name here'],
    ['plugins:\n  - <<: { use: irc }\n', '2:5 a merge key ("<<") brings nothing here'],
  ])('tell %j of one fault, not of what follows from it', (text, fault) => {
    expect(faultsOf(text)).toEqual([fault]);
  });

  it('find ids that two plugins have, or that is core’s own, with a way out', () => {
    const text = 'plugins:\n  - use: irc\n  - use: ./irc.ts\n  - use: gpio\n    id: core\n';
    const { problems } = read(text);
    expect(problems.map(({ position, message, hint }) => [position.line, message, hint])).toEqual([
      [
        3,
        'the id "irc" is already that of the plugin on line 2',
        'Give this one another id, such as "id: irc-2".',
      ],
      [
        5,
        'the id "core" is already PertyBot\'s own',
        'Give this one another id, such as "id: core-2".',
      ],
    ]);
  });

  it('do not count the same id three times as a fault of the first', () => {
    expect(
      faultsOf('plugins:\n  - use: a\n  - use: a\n  - use: a\n').map((each) => each[0]),
    ).toEqual(['3', '4']);
  });

  it('tell of a value without quotes once, and not of what follows from that', () => {
    expect(faultsOf('prefix: !\nplugins: []\n')).toEqual([
      '1:10 a text that begins with ! must stand in quotes',
    ]);
  });
});

describe('the overlay', () => {
  it('is laid over a config, key by key, and stands in for one that is missing', () => {
    const overlay = { '@pertybot/plugin-irc': { host: 'here', port: 1 } };
    const { entries } = read(
      'plugins:\n  - use: irc\n    config: { host: there, name: me }\n  - use: irc\n    id: two\n  - use: gpio\n',
      {},
      overlay,
    );
    expect(entries.map(({ config, overlaid }) => [config, overlaid])).toEqual([
      [{ host: 'here', port: 1, name: 'me' }, ['host', 'port']],
      [{ host: 'here', port: 1 }, ['host', 'port']],
      [undefined, []],
    ]);
  });
});

describe('toConfigError', () => {
  it('tells the faults in the order of the file, fifty of them, and how many more', () => {
    const { source } = read('plugins: []\n');
    const problems = Array.from({ length: 60 }, (_, index) => ({
      file: 'plugins.yaml',
      position: { line: 60 - index, column: 1 },
      message: `fault ${60 - index}`,
    }));
    const error = toConfigError(source, problems, ['a.ts']);
    expect(error.problems.map(({ position }) => position.line).slice(0, 3)).toEqual([1, 2, 3]);
    expect(error.message).toContain('fault 50');
    expect(error.message).not.toContain('fault 51');
    expect(error.message.endsWith('and 10 more')).toBe(true);
    expect([error.code, error.files]).toEqual(['CONFIG_INVALID', ['a.ts']]);
  });
});
