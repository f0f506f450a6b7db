import { describe, expect, it } from '@jest/globals';
import { checkCommandOptions } from '../../src/commands/author-options.js';
import { definePlugin, type PluginContext } from '../../src/index.js';
import { startTestBot } from '../../src/testing/index.js';

const check = (options: unknown) => () => checkCommandOptions('two', 'ban', options);

describe('the options of a command', () => {
  it.each([
    {},
    {
      about: 'x',
      allow: 'moderator',
      cooldown: '5s',
      aliases: ['b', 'ß', '😀'],
      example: 'ban me',
    },
    { allow: ['vip', '@alice'], cooldown: { user: '5s', everyone: 10, vip: 0 }, urgent: ['off'] },
    { onCooldown: 'always', cooldownGroup: 'lights', urgent: true, types: { color: () => 'red' } },
    { about: undefined, allow: undefined },
  ])('may be %j', (options) => {
    expect(check(options)).not.toThrow();
  });

  it.each([
    [{ allow: 'mod' }, 'allow: expected one of everyone, subscriber, vip, moderator, broadcaster'],
    [{ allow: 'moderater' }, 'not "moderater", did you mean "moderator"?'],
    [{ allow: ['mods', 'alice'] }, 'not "mods", did you mean "moderator"?; allow.1'],
    [{ allow: [] as unknown[], abuot: 'x' }, 'no option "abuot", did you mean "about"?'],
    [{ one: 1, abuot: 2 }, 'there is no option "one" (there are about, aliases'],
    [{ one: 1, abuot: 2 }, 'there is no option "abuot"'],
    [{ cooldown: { usr: '5s' } }, 'cooldown: there is no option "usr", did you mean "user"?'],
    [{ cooldown: '5 bananas' }, 'cooldown: expected a duration such as 30s'],
    [{ cooldown: -5 }, 'cooldown: expected a duration'],
    [{ aliases: ['a b'] }, 'aliases.0: expected one word'],
    [{ aliases: [''] }, 'aliases.0: expected one word'],
    [{ aliases: ['!light'] }, 'aliases.0: expected a name without the prefix, such as light'],
    [{ aliases: 'light' }, 'aliases: expected a list such as ["light"]'],
    [{ onCooldown: 'never' }, 'onCooldown: expected one of silent, once, always'],
    [{ urgent: 'off' }, 'urgent: expected true, or a list of words'],
    [{ types: { color: 'red' } }, 'types.color: expected a function'],
    [{ about: 5 }, 'about: expected a text'],
    [{ about: null }, 'about: expected a text'],
  ])('are refused as %j', (options, message) => {
    expect(check(options)).toThrow(
      expect.objectContaining({
        code: 'COMMAND_OPTIONS_INVALID',
        message: expect.stringContaining(message),
        hint: expect.stringContaining('command("hi"'),
      }),
    );
    expect(check(options)).toThrow('command "ban" of the plugin "two"');
  });

  it('names all of ten thousand that are unknown', () => {
    const options = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`key${i}`, i]));
    expect(check(options)).toThrow('"key9999"');
  });
});

/** What a bot says whose plugin does so in its start. */
async function tryStart(start: (context: PluginContext) => unknown): Promise<string> {
  const plugin = definePlugin({
    name: 'two',
    async start(context) {
      await start(context);
    },
  });
  const bot = await startTestBot([plugin]);
  await bot.stop();
  return bot.log.map(({ message }) => message).join('\n');
}

describe('what a plugin calls in JavaScript', () => {
  // An editor refuses all of these in TypeScript.
  type Loose = Record<string, (...given: unknown[]) => unknown>;
  const loosely = (call: (context: Loose) => unknown) =>
    tryStart((context) => call(context as unknown as Loose));

  it.each([
    ['every(() => 1, 5000)', ({ every }: Loose) => every?.(() => 1, 5_000), 'a function as a dur'],
    ['every("0s")', ({ every }: Loose) => every?.('0s', () => 1), 'more often than each 10 ms'],
    ['every("5s")', ({ every }: Loose) => every?.('5s'), 'undefined as a task'],
    ['after("soon")', ({ after }: Loose) => after?.('soon', () => 1), '"soon" as a duration'],
    ['after(NaN)', ({ after }: Loose) => after?.(Number.NaN, () => 1), 'NaN as a duration'],
    ['on("raid")', ({ on }: Loose) => on?.('raid'), 'undefined as a listener'],
    ['on("raidd")', ({ on }: Loose) => on?.('raidd', () => 1), 'no event "raidd"'],
    ['on(f)', ({ on }: Loose) => on?.(() => 1), 'a function as an event'],
    ['command(f)', ({ command }: Loose) => command?.(() => 1, 'hi'), 'is a text, not a function'],
    [
      'command("hi", f, options)',
      ({ command }: Loose) => command?.('hi', () => 1, { allow: 'broadcaster' }),
      'behind its handler: they stand before it',
    ],
    ['command("hi", {})', ({ command }: Loose) => command?.('hi', {}), 'no handler'],
    ['command("!hi")', ({ command }: Loose) => command?.('!hi', () => 1), 'has a prefix'],
    ['say(undefined)', ({ say }: Loose) => say?.(undefined), 'needs a text, and was given undef'],
  ])('is refused for %s', async (_, call, message) => {
    expect(await loosely(call)).toContain(message);
  });

  it('is heard where an event is unknown to everybody, with a word about it', async () => {
    const said = await loosely(({ on }) => on?.('zzz', () => 1));
    expect(said).toContain('No event "zzz" is known. It is heard only if a plugin emits it;');
  });

  it('is told once of a text that a handler returns, and each time of no text', async () => {
    const plugin = definePlugin({
      name: 'two',
      start({ command }) {
        command('hi', () => 'Hi!');
        command('no', ({ reply }) => (reply as (text: unknown) => unknown)(undefined));
      },
    });
    const bot = await startTestBot([plugin]);
    for (const text of ['!hi', '!hi', '!no']) await bot.hear(text);
    const said = bot.log.map(({ message }) => message);
    expect(said.filter((text) => text.includes('returned a text'))).toHaveLength(1);
    expect(said.join()).toContain('reply() needs a text, and was given undefined.');
    await bot.stop();
  });
});
