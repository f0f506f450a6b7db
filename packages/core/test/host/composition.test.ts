// biome-ignore-all lint/suspicious/noTemplateCurlyInString: plugins.yaml writes variables so
import { describe, expect, it } from '@jest/globals';
import { ConfigError } from '../../src/bot-file/config-error.js';
import type { BotFileOverlay } from '../../src/bot-file/entry.js';
import { loadComposition } from '../../src/host/composition.js';
import { PluginError } from '../../src/host.js';
import { AccessTokens, Chat, definePlugin, duration, type Plugin, v } from '../../src/index.js';

const pin = () => v.pipe(v.string(), v.regex(/^GPIO\d+$/, 'expected a pin such as GPIO17'));

const gadgets = definePlugin({
  name: 'gadgets',
  config: v.strictObject({
    pin: pin(),
    port: v.optional(v.number()),
    site: v.optional(v.pipe(v.string(), v.url())),
    burst: v.optional(duration(), '500ms'),
    mode: v.optional(v.picklist(['auto', 'simulated'])),
  }),
});

const installed: Readonly<Record<string, Plugin>> = {
  gadgets,
  plain: definePlugin({ name: 'plain' }),
  irc: definePlugin({ name: 'irc', needs: { tokens: AccessTokens }, provides: [Chat] }),
  irc2: definePlugin({ name: 'irc2', provides: [Chat] }),
  bridge: definePlugin({ name: 'bridge', needs: { chat: Chat }, provides: [AccessTokens] }),
  oauth: definePlugin({ name: 'oauth', provides: [AccessTokens] }),
  greedy: definePlugin({ name: 'greedy', needs: { say: Chat } }),
};

const loader = {
  load: async (use: string) => {
    const plugin = installed[use];
    if (plugin) {
      const resolved = { kind: 'local', file: use } as const;
      return { plugin, module: use, resolved, files: [] };
    }
    throw new PluginError('PLUGIN_NOT_INSTALLED', `The plugin "${use}" is not installed.`, {
      hint: `Run: pertybot plugins add ${use}`,
    });
  },
};

interface Given {
  readonly environment?: Readonly<Record<string, string>>;
  readonly overlay?: BotFileOverlay;
}

const load = (text: string, { environment = {}, overlay = {} }: Given = {}) =>
  loadComposition(text, { environment, overlay, loader });

async function faultsOf(text: string, given?: Given): Promise<ConfigError> {
  const error = await load(text, given).catch((thrown: unknown) => thrown);
  if (error instanceof ConfigError) return error;
  throw new Error('There was no fault.');
}

/** The first line of each fault. */
async function linesOf(text: string, given?: Given): Promise<readonly string[]> {
  const { problems } = await faultsOf(text, given);
  return problems.map(({ position: { line, column }, message }) => `${line}:${column} ${message}`);
}

describe('loadComposition', () => {
  it('gives plugins with their checked configs, in the order of the file', async () => {
    const { plugins, prefix, replies } = await load(`
prefix: "?"
replies: { unknown: "What?" }
plugins:
  - use: gadgets
    config: { pin: GPIO17, burst: 2s }
    commands: { lamp: { cooldown: { user: 60s } } }
    startTimeout: 1m
  - use: gadgets
    id: second
    enabled: false
`);
    expect([prefix, replies]).toEqual(['?', { unknown: 'What?' }]);
    expect(plugins).toMatchObject([
      {
        id: 'gadgets',
        config: { pin: 'GPIO17', burst: 2_000 },
        tuning: { lamp: { cooldown: { user: 60_000 } } },
        startTimeout: 60_000,
        enabled: true,
      },
      { id: 'second', config: undefined, enabled: false },
    ]);
  });

  it('reports every fault at once, in the order of the file', async () => {
    expect(
      await linesOf(`
prefx: "!"
plugins:
  - use: gadgets
    config:
      pin: seventeen
      port: eighty
      mode: auto
      brust: 2s
    commands:
      lamp: { cooldwn: 30s, allow: king }
      horn: { cooldown: { usr: 3s, vip: soon } }
    enabled: maybe
  - irc
  - use: gadgets
    id: second
    config: {}
  - use: teleport
  - uze: plain
`),
    ).toEqual([
      '2:1 prefx: unknown key "prefx"',
      '6:12 pin: expected a pin such as GPIO17, received "seventeen"',
      '7:13 port: expected a number, received "eighty"',
      '9:7 brust: unknown key "brust"',
      '11:15 commands.lamp.cooldwn: unknown key "cooldwn"',
      '11:36 commands.lamp.allow: expected one of everyone, subscriber, vip, moderator, broadcaster, or a list of them and of users such as @alice, received "king"',
      '12:27 commands.horn.cooldown.usr: unknown key "usr"',
      '12:41 commands.horn.cooldown.vip: expected a duration such as 500ms, 10s, 5m or 1h, received "soon"',
      '13:14 enabled: expected true or false, received "maybe"',
      '14:5 expected an entry such as "- use: irc", received "irc"',
      '17:5 pin: is missing',
      '18:10 The plugin "teleport" is not installed.',
      '19:5 use: is missing',
      '19:5 uze: unknown key "uze"',
    ]);
  });

  it('tells every key that is wrong in one map, not only the first', async () => {
    expect(
      await linesOf(
        'prefx: "?"\nPlugins: []\nplugins:\n  - use: gadgets\n    confg: 1\n    enable: false\n    config: { pin: GPIO17, brust: 1s, prt: 8 }\n',
      ),
    ).toEqual([
      '1:1 prefx: unknown key "prefx"',
      '2:1 Plugins: unknown key "Plugins"',
      '5:5 confg: unknown key "confg"',
      '6:5 enable: unknown key "enable"',
      '7:28 brust: unknown key "brust"',
      '7:39 prt: unknown key "prt"',
    ]);
  });

  it.each([
    ['prefix: !', '1:10 a text that begins with ! must stand in quotes', 'Write: "!"'],
    ['prefix: !x', '1:11 a text that begins with ! must stand in quotes', 'Write: "!x"'],
    [
      'prefix: {user} hi',
      '1:9 a text that begins with { must stand in quotes',
      'Write: "{user} hi"',
    ],
    [
      'prefix: {user}! Hi',
      '1:9 a text that begins with { must stand in quotes',
      'Write: "{user}! Hi"',
    ],
    ['prefix: @alice', '1:9 a text that begins with @ must stand in quotes', 'Write: "@alice"'],
    [
      'prefix: "a" b',
      '1:9 something stands behind the quotes',
      'Put all of it into one pair of quotes.',
    ],
    [
      'replies: { <<: *x }',
      '1:12 a merge key ("<<") brings nothing here',
      'Write what it would bring where it is wanted.',
    ],
  ])('says of %j that %s', async (line, told, hint) => {
    const { problems } = await faultsOf(`${line.replace('*x', '{}')}\nplugins: []\n`);
    const [first] = problems;
    expect(`${first?.position.line}:${first?.position.column} ${first?.message}`).toBe(told);
    expect(first?.hint).toBe(hint);
    const onLine = problems.filter(({ position }) => position.line === 1);
    expect(onLine.length).toBeLessThanOrEqual(line.includes('<<') ? 2 : 1);
  });

  it('shows the line, a caret and what helps', async () => {
    const { message, code, problems } = await faultsOf(
      'plugins:\n  - use: gadgets\n    config:\n      pin: seventeen\n      brust: 2s\n  - use: nope\n',
    );
    expect(code).toBe('CONFIG_INVALID');
    expect(message).toBe(`plugins.yaml:4:12 pin: expected a pin such as GPIO17, received "seventeen"
  4 |       pin: seventeen
    |            ^

plugins.yaml:5:7 brust: unknown key "brust"
  5 |       brust: 2s
    |       ^
  Did you mean "burst"?

plugins.yaml:6:10 The plugin "nope" is not installed.
  6 |   - use: nope
    |          ^
  Run: pertybot plugins add nope`);
    expect(problems).toHaveLength(3);
  });

  it('has the same places with Windows line ends', async () => {
    const text = 'plugins:\n  - use: gadgets\n    config:\n      pin: seventeen\n      brust: 2s\n';
    expect(await linesOf(text.replaceAll('\n', '\r\n'))).toEqual(await linesOf(text));
  });

  it('lists the known keys where none is near', async () => {
    const { problems } = await faultsOf(
      'plugins:\n  - use: gadgets\n    config: { pin: GPIO1, thunder: 1 }\n',
    );
    expect(problems[0]?.hint).toBe('Known keys: pin, port, site, burst, mode.');
  });

  it.each([
    ['', '1:1 expected "plugins:" with a list of plugins below it'],
    ['# nothing\n', '1:1 expected "plugins:" with a list of plugins below it'],
    ['just text', '1:1 expected "plugins:" with a list of plugins below it'],
    ['- use: irc', '1:1 expected "plugins:" with a list of plugins below it'],
    [
      'plugins:\n',
      '1:9 plugins: expected a list of plugins, each beginning with "- use:", received nothing',
    ],
    [
      'plugins:\n  oauth: {}\n',
      '2:3 plugins: expected a list of plugins, each beginning with "- use:", received a map',
    ],
    ['prefix: "!"', '1:1 plugins: is missing'],
    [
      'plugins: []\nprefix: ""',
      '2:9 prefix: expected one to five characters, such as "!", received ""',
    ],
    [
      'plugins: []\nprefix: /',
      '2:9 prefix: expected one to five characters, such as "!", received "/"',
    ],
    ['plugins:\n  -\n', '2:4 expected an entry such as "- use: irc", received nothing'],
    [
      'plugins:\n  - use: ""\n',
      '2:10 use: expected a plugin such as irc or ./plugins/dice.ts, received ""',
    ],
    ['plugins: []\nreplies: [a]', '2:10 replies: expected a map, received a list'],
    ['plugins: []\nreplies: { cooldown: 3 }', '2:22 replies.cooldown: expected a text, received 3'],
  ])('refuses %j', async (text, line) => {
    expect(await linesOf(text)).toEqual([line]);
  });

  it.each([
    ['plugins:\n  - use: "plain\n', '2:10 these quotes are not closed'],
    ['plugins: [\n', '1:10 the bracket [ is not closed'],
    ['plugins:\n\t- use: plain\n', '2:1 a tab indents this line'],
    ['plugins: []\n---\nplugins: []\n', '2:1 a second YAML document begins here'],
  ])('says where the YAML of %j breaks off', async (text, line) => {
    expect(await linesOf(text)).toContain(line);
  });

  it('reports a doubled key beside all other faults', async () => {
    expect(await linesOf('plugins:\n  - use: plain\n    use: plain\n    uze: plain\n')).toEqual([
      '3:5 this key stands twice',
      '4:5 uze: unknown key "uze"',
    ]);
  });

  it('refuses aliases that multiply, and those that lead nowhere', async () => {
    const level = (name: string, of: string) => `${name}: &${name} [${`*${of},`.repeat(9)}]\n`;
    const bomb = `a: &a [${'x,'.repeat(9)}]\n${level('b', 'a')}${level('c', 'b')}${level('d', 'c')}`;
    expect(await linesOf(bomb)).toEqual(['2:8 its aliases repeat too much']);
    expect(await linesOf('plugins:\n  - use: *nowhere\n')).toEqual([
      '2:10 nothing above is named "&nowhere"',
    ]);
  });

  it('takes an alias for what it names', async () => {
    const text =
      'plugins:\n  - &one { use: gadgets, config: { pin: GPIO1 } }\n  - { use: gadgets, id: two, config: { pin: GPIO2 } }\n';
    expect((await load(text)).plugins.map(({ id }) => id)).toEqual(['gadgets', 'two']);
    const doubled = 'plugins:\n  - &one { use: plain }\n  - *one\n';
    expect(await linesOf(doubled)).toEqual([expect.stringContaining('the id "plain" is already')]);
  });

  it('refuses an id that is taken', async () => {
    const text =
      'plugins:\n  - use: plain\n  - use: plain\n  - use: gadgets\n    id: plain\n    config: { pin: GPIO1 }\n  - use: plain\n    id: core\n';
    expect(await linesOf(text)).toEqual([
      '3:10 the id "plain" is already that of the plugin on line 2',
      '5:9 the id "plain" is already that of the plugin on line 2',
      `8:9 the id "core" is already PertyBot's own`,
    ]);
  });

  it('refuses a config for a plugin that takes none', async () => {
    expect(await linesOf('plugins:\n  - use: plain\n    config: { a: 1 }\n')).toEqual([
      '3:5 config: the plugin "plain" takes none',
    ]);
  });

  it('does not ask whether a disabled plugin is there', async () => {
    const { plugins } = await load(
      'plugins:\n  - use: teleport\n    enabled: false\n  - use: plain\n',
    );
    expect(plugins.map(({ id, enabled }) => [id, enabled])).toEqual([
      ['teleport', false],
      ['plain', true],
    ]);
  });

  it('never loads a disabled plugin, which would run it', async () => {
    const asked: string[] = [];
    const loader = {
      load: async (use: string) => {
        asked.push(use);
        throw new Error('It ran.');
      },
    };
    const text = 'plugins:\n  - use: ./bad.ts\n    enabled: false\n    config: { any: thing }\n';
    const { plugins } = await loadComposition(text, { environment: {}, overlay: {}, loader });
    expect(plugins).toMatchObject([{ id: 'bad', use: './bad.ts', enabled: false, files: [] }]);
    expect(asked).toEqual([]);
  });

  describe('with variables', () => {
    const entry = (value: string) =>
      `plugins:\n  - use: gadgets\n    config:\n      pin: ${value}\n`;

    it('puts them in, with defaults, and keeps what is escaped', async () => {
      const environment = { PIN: '17', EMPTY: '' };
      for (const [written, expected] of [
        ['GPIO${PIN}', 'GPIO17'],
        ['${NONE:-GPIO4}', 'GPIO4'],
        ['${EMPTY:-GPIO5}', 'GPIO5'],
        ['"GPIO${PIN}"', 'GPIO17'],
      ] as const) {
        const { plugins } = await load(entry(written), { environment });
        expect(plugins[0]?.config).toMatchObject({ pin: expected });
      }
      expect(await linesOf(entry('$${PIN}'), { environment })).toEqual([
        '4:12 pin: expected a pin such as GPIO17, received "$${PIN}"',
      ]);
    });

    it('never reads their values as YAML', async () => {
      const environment = { PORT: '80', PIN: 'GPIO1, port: 80 }' };
      const text = 'plugins:\n  - use: gadgets\n    config: { pin: "${PIN}", port: "${PORT}" }\n';
      expect(await linesOf(text, { environment })).toEqual([
        '3:20 pin: expected a pin such as GPIO17, received "${PIN}"',
        '3:36 port: expected a number, received "${PORT}"',
      ]);
    });

    it('puts them into any text of the file but not into keys', async () => {
      const text =
        'prefix: ${MARK}\nreplies: { unknown: "${WHAT}" }\nplugins: [{ use: "${USE}" }]\n';
      const environment = { MARK: '?', WHAT: 'Hä?', USE: 'plain' };
      expect(await load(text, { environment })).toMatchObject({
        prefix: '?',
        replies: { unknown: 'Hä?' },
        plugins: [{ use: 'plain' }],
      });
      expect(await linesOf('plugins: []\n"${KEY}": 1\n')).toEqual([
        '2:1 ${KEY}: unknown key "${KEY}"',
      ]);
    });

    it('names all that are missing, each once for each use, and nothing that follows from it', async () => {
      const text = `plugins:
  - use: gadgets
    config: { pin: "\${PIN}", site: "\${HOST}/\${PATH_NAME}", port: "\${PIN}" }
  - use: \${PLUGIN}
`;
      const { problems } = await faultsOf(text);
      expect(
        problems.map(({ message, position: { line, column } }) => `${line}:${column} ${message}`),
      ).toEqual([
        '3:20 the variable PIN is not set',
        '3:36 the variable HOST is not set',
        '3:36 the variable PATH_NAME is not set',
        '3:66 the variable PIN is not set',
        '4:10 the variable PLUGIN is not set',
      ]);
      expect(problems[0]?.hint).toBe('Add a line PIN=… to the file .env beside plugins.yaml.');
    });

    it('needs none for a disabled entry or what the overlay replaces', async () => {
      const disabled = `${entry('${PIN}')}    enabled: false\n`;
      expect((await load(disabled)).plugins).toMatchObject([{ enabled: false }]);
      const overlay = { '@pertybot/plugin-gadgets': { pin: 'GPIO9' } };
      expect((await load(entry('${PIN}'), { overlay })).plugins).toMatchObject([
        { config: { pin: 'GPIO9', burst: 500 } },
      ]);
    });

    it('never shows a value in a message, also not in that of a plugin', async () => {
      const secret = 'hunter2-is-secret';
      const telltale = definePlugin({
        name: 'telltale',
        config: v.object({
          key: v.pipe(
            v.string(),
            v.check(
              (key) => key === '',
              ({ input }) => `no key is ${input}`,
            ),
          ),
          site: v.pipe(v.string(), v.url()),
          count: v.number(),
        }),
      });
      const { message } = await loadComposition(
        'plugins:\n  - use: t\n    config: { key: "${KEY}", site: "${KEY}", count: "${KEY}" }\n  - use: ${KEY}\n',
        {
          environment: { KEY: secret },
          overlay: {},
          loader: {
            load: async (use) => {
              if (use !== 't') throw new PluginError('PLUGIN_NOT_FOUND', `No "${use}".`);
              const resolved = { kind: 'local', file: use } as const;
              return { plugin: telltale, module: use, resolved, files: [] };
            },
          },
        },
      ).then(
        () => new Error('There was no fault.'),
        (error: Error) => error,
      );
      expect(message).not.toContain(secret);
      expect(message).toContain('no key is ${KEY}');
      expect(message).toContain('No "${KEY}".');
    });

    it('takes names that every object has for ordinary ones', async () => {
      expect(await linesOf(entry('${constructor}'))).toEqual([
        '4:12 the variable constructor is not set',
      ]);
    });
  });

  describe('with an overlay', () => {
    it('lays values over the entry that use: names, by short and by full name', async () => {
      const overlay = { '@pertybot/plugin-gadgets': { port: 80, mode: 'simulated' } };
      const text =
        'plugins:\n  - use: gadgets\n    config: { pin: GPIO17, port: "x", mode: auto }\n';
      const { plugins } = await load(text, { overlay });
      expect(plugins[0]?.config).toEqual({
        ...{ pin: 'GPIO17', port: 80, mode: 'simulated', burst: 500 },
      });
    });

    it('gives a config to an entry without one', async () => {
      const overlay = { 'pertybot-plugin-gadgets': { pin: 'GPIO17' } };
      const { plugins } = await load('plugins:\n  - use: gadgets\n', { overlay });
      expect(plugins[0]?.config).toMatchObject({ pin: 'GPIO17' });
    });
  });

  describe('of plugins that need each other', () => {
    it('names the plugin, the service and who has it', async () => {
      const { problems } = await faultsOf('plugins:\n  - use: irc\n');
      expect(problems).toMatchObject([
        {
          position: { line: 2, column: 10 },
          message: 'The plugin "irc" needs AccessTokens, which no plugin provides.',
          hint: 'Run: pertybot plugins add oauth',
        },
      ]);
      const off = await faultsOf('plugins:\n  - use: irc\n  - use: oauth\n    enabled: false\n');
      expect(off.problems[0]?.hint).toBe(
        'The plugin "oauth" provides it but is disabled: remove its "enabled: false".',
      );
    });

    it('names two that provide the same', async () => {
      expect(await linesOf('plugins:\n  - use: oauth\n  - use: irc\n  - use: irc2\n')).toEqual([
        '4:10 The plugins "irc" and "irc2" both provide Chat.',
      ]);
    });

    it('draws a circle', async () => {
      expect(await linesOf('plugins:\n  - use: bridge\n  - use: irc\n')).toEqual([
        '2:10 Plugins need each other in a circle: bridge → irc → bridge.',
      ]);
    });

    it("refuses a need that has the name of one of start's own members", async () => {
      expect(await linesOf('plugins:\n  - use: irc2\n  - use: greedy\n')).toEqual([
        '3:10 greedy: its need "say" has a name that start uses itself',
      ]);
    });

    it('does not guess who provides what when a plugin could not be loaded', async () => {
      expect(await linesOf('plugins:\n  - use: irc\n  - use: teleport\n')).toEqual([
        '3:10 The plugin "teleport" is not installed.',
      ]);
    });
  });
});
