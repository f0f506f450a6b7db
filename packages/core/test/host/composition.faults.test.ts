// biome-ignore-all lint/suspicious/noTemplateCurlyInString: plugins.yaml writes variables so
import { describe, expect, it } from '@jest/globals';
import { faultsOf, linesOf, load } from './composed.js';

describe('the faults of a composition', () => {
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
});
