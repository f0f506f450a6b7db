import { describe, expect, it } from '@jest/globals';
import {
  attributeCall,
  checkText,
  createContext,
  mute,
  parseArguments,
  ReturnedTexts,
  readUrgentWords,
} from '../../src/commands/call.js';
import { splitWords } from '../../src/commands/command-line.js';
import { CommandRegistry, type RegisteredCommand } from '../../src/commands/command-registry.js';
import type { Chat, Delivery } from '../../src/contracts/chat.js';
import { CommandError, type CommandOptions } from '../../src/contracts/command.js';
import { FakeChat, makeMessage } from '../../src/testing/fake-chat.js';
import { MemoryLogger } from '../../src/testing/memory.js';

const log = new MemoryLogger();

function registered(signature: string, options: CommandOptions<never> = {}): RegisteredCommand {
  const registry = new CommandRegistry(() => {});
  const { signal } = new AbortController();
  registry.add({ id: 'gpio', log, signal, tuning: {} }, signature, options as never, () => {});
  const [command] = registry.all;
  if (command === undefined) throw new TypeError('It was not registered.');
  return command;
}

const urgent = (options: CommandOptions<never>, line: string) =>
  readUrgentWords(registered('lamp [state]', options), splitWords(line))?.line;

describe('a call that switches off', () => {
  it.each([
    ['off', 'off'],
    ['OFF', 'off'],
    ['off!!!', 'off'],
    ['ｏｆｆ', 'off'],
    ['off and then some', 'off'],
    ['"off"', 'off'],
  ])('is known in %j, whatever stands behind it', (line, word) => {
    expect(urgent({ urgent: ['off', 'dark'] }, line)).toBe(word);
  });

  it.each(['', 'on', 'on off', 'offf', 'of', 'o f f', 'constructor'])(
    'is not meant by %j',
    (line) => {
      expect(urgent({ urgent: ['off'] }, line)).toBeUndefined();
    },
  );

  it('is each one where its author says so, with no word at all', () => {
    expect(urgent({ urgent: true }, 'anything')).toBe('');
    expect(urgent({}, 'off')).toBeUndefined();
    expect(urgent({ urgent: [] }, 'off')).toBeUndefined();
  });
});

describe('the arguments of a call', () => {
  const message = makeMessage('!roll', { as: 'Alice' });
  const called = (command: RegisteredCommand, line: string) => ({
    signature: command.signature,
    words: splitWords(line),
    attribution: attributeCall(command, message),
  });

  it('are those of the signature, or undefined', () => {
    const faults: unknown[] = [];
    const read = (command: RegisteredCommand, line: string) =>
      parseArguments(called(command, line), (_, error) => faults.push(error));
    expect(read(registered('roll [sides:int]'), '6')).toEqual({ sides: 6 });
    expect(read(registered('roll [sides:int]'), 'six')).toBeUndefined();
    expect(faults).toEqual([]);
  });

  it('are none, and a fault of the plugin for that viewer, where the author’s own type throws', () => {
    const faults: unknown[] = [];
    const types = {
      dice: () => {
        throw new Error('no dice');
      },
    };
    const command = registered('roll <dice:dice>', { types } as never);
    const args = parseArguments(called(command, 'd6'), (by, error) => faults.push([by, error]));
    expect(args).toBeUndefined();
    expect(faults).toEqual([
      [
        {
          plugin: 'gpio',
          where: 'command roll',
          messageId: message.id,
          viewer: 'id-alice',
          command: 'roll',
          user: 'alice',
        },
        new Error('no dice'),
      ],
    ]);
    expect(attributeCall(command, message)).toMatchObject({ viewer: 'id-alice' });
  });
});

function contextOf(chat: Chat | undefined) {
  const told: string[] = [];
  let passes = 0;
  const command = registered('lamp');
  const message = makeMessage('!lamp', { channel: 'two' });
  const context = createContext(
    message,
    { command, name: 'l', args: {}, attribution: attributeCall(command, message) },
    {
      chat: () => chat,
      passOn: () => {
        passes += 1;
      },
      onUnsaid: (reason) => told.push(reason),
    },
  );
  return { context, told, passes: () => passes };
}

/** A chat that drops all that it is given. */
class FullChat extends FakeChat {
  override async reply(): Promise<Delivery> {
    return { status: 'dropped', reason: 'full' };
  }
}

describe('what a handler is given', () => {
  it('says in the channel of the message, and gives the turn on as soon as it is on its way', async () => {
    const chat = new FakeChat();
    const { context, passes } = contextOf(chat);
    expect(await context.reply('one')).toEqual({ status: 'written' });
    expect(await context.say('two')).toEqual({ status: 'written' });
    expect([chat.said, passes()]).toEqual([['one', 'two'], 2]);
    expect([context.command, context.channel, context.log]).toEqual(['l', 'two', log]);
  });

  it('says nothing where no plugin brings a chat', async () => {
    const { context, told, passes } = contextOf(undefined);
    const dropped = { status: 'dropped', reason: 'no chat' };
    expect([await context.reply('one'), await context.say('two')]).toEqual([dropped, dropped]);
    expect([told, passes()]).toEqual([[], 2]);
  });

  it('tells why an answer was dropped, of which its command was in vain', async () => {
    const { context, told } = contextOf(new FullChat());
    expect(await context.reply('one')).toEqual({ status: 'dropped', reason: 'full' });
    expect(told).toEqual(['full']);
  });

  it('is mute where nobody is to hear it', async () => {
    const chat = new FakeChat();
    const silent = mute(contextOf(chat).context);
    const dropped = { status: 'dropped', reason: 'cooldown' };
    expect([await silent.reply('one'), await silent.say('two')]).toEqual([dropped, dropped]);
    expect(chat.said).toEqual([]);
  });
});

describe('checkText', () => {
  it.each([
    [undefined, 'undefined'],
    [null, 'null'],
    [5, 'a number'],
    [{}, 'an object'],
    [['a'], 'an object'],
    [() => 'a', 'a function'],
    [true, 'a boolean'],
  ])('refuses %p', (given, shown) => {
    expect(() => checkText('reply', given)).toThrow(
      expect.objectContaining({
        code: 'COMMAND_TEXT_INVALID',
        message: `reply() needs a text, and was given ${shown}.`,
      }),
    );
    expect(() => checkText('say', given)).toThrow(CommandError);
  });

  it('takes any text, also none', () => {
    expect(() => checkText('say', '')).not.toThrow();
  });
});

describe('ReturnedTexts', () => {
  it('tells the author once of each command', () => {
    const told = new ReturnedTexts();
    const before = log.lines.length;
    const [lamp, horn] = [registered('lamp'), registered('horn')];
    for (const command of [lamp, lamp, horn, lamp]) told.tell(command);
    expect(log.lines.slice(before).map(({ message }) => message)).toEqual([
      'The command "lamp" returned a text, which nobody is told. Write: reply(text)',
      'The command "horn" returned a text, which nobody is told. Write: reply(text)',
    ]);
  });
});
