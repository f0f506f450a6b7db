import { describe, expect, it } from '@jest/globals';
import { createContainer } from '../src/contracts/injection.js';
import {
  Chat,
  type Container,
  definePlugin,
  Inbox,
  type InjectionToken,
  type Plugin,
} from '../src/index.js';
import { makeMessage, startTestBot, type TestBot } from '../src/testing/index.js';

/** Counts what containers are asked for while a running bot of `plugins` does `work`. */
async function countResolves(plugins: Plugin[], work: (bot: TestBot) => Promise<void>) {
  // Every container is of the one class that tsyringe does not export.
  const prototype: Container = Object.getPrototypeOf(createContainer());
  const { resolve } = prototype;
  let count = 0;
  Object.assign(prototype, {
    resolve(...args: Parameters<typeof resolve>) {
      count += 1;
      return resolve.apply(this, args);
    },
  });
  try {
    const bot = await startTestBot(plugins);
    count = 0;
    await work(bot);
    const asked = count;
    await bot.stop();
    return asked;
  } finally {
    Object.assign(prototype, { resolve });
  }
}

const lamp = definePlugin({
  name: 'lamp',
  needs: { chat: Chat },
  start({ command, on, say, container }) {
    command('lamp <state:on|off>', { cooldown: '1s' }, async ({ args, reply }) => {
      await reply(`lamp ${args.state}`);
      await say('to all');
    });
    command('resolve', {}, () => container.resolve(Chat));
    on('message', () => {});
  },
});

/** The way in that a chat plugin would have. */
function inboxOf(bot: TestBot): Inbox {
  const inbox = bot.find(InboxHolder)?.inbox;
  if (!inbox) throw new Error('There is no inbox.');
  return inbox;
}

const InboxHolder: InjectionToken<{ readonly inbox: Inbox }> = Symbol.for('pertybot.test.Inbox');

const holder = definePlugin({
  name: 'holder',
  provides: [InboxHolder],
  register: (container) =>
    void container.register(InboxHolder, { useValue: { inbox: container.resolve(Inbox) } }),
});

describe('the way of a message', () => {
  it('asks no container for anything', async () => {
    const count = await countResolves([lamp], async (bot) => {
      for (const line of ['hello', '!lamp on', '!lamp on', '!lamp', '!help', '!nothing']) {
        await bot.hear(line);
      }
      expect(bot.replies).toHaveLength(5);
    });
    expect(count).toBe(0);
  });

  it('would be seen to ask one', async () => {
    expect(await countResolves([lamp], (bot) => bot.hear('!resolve'))).toBe(1);
  });

  it('reads nothing but the text of a line that is no command', async () => {
    const read: PropertyKey[] = [];
    const bot = await startTestBot([holder]);
    const inbox = inboxOf(bot);
    const message = new Proxy(makeMessage('just chatting'), {
      get(target, name, receiver) {
        read.push(name);
        return Reflect.get(target, name, receiver);
      },
    });
    await inbox.hear(message);
    expect(new Set(read)).toEqual(new Set(['text']));
    await bot.stop();
  });

  it('survives a message whose fields cannot be read', async () => {
    const bot = await startTestBot([lamp, holder]);
    const broken = {
      ...makeMessage('!lamp on'),
      get user(): never {
        throw new Error('bad tags');
      },
    };
    await inboxOf(bot).hear(broken);
    expect(bot.log.map(({ message }) => message)).toContain('PertyBot failed in router: bad tags');
    await bot.stop();
  });

  it('runs a command before the plugins that listen, and after the program that runs the bot', async () => {
    const heard: string[] = [];
    const listener = definePlugin({
      name: 'listener',
      start: ({ on }) => void on('message', ({ text }) => heard.push(`plugin hears ${text}`)),
    });
    const horn = definePlugin({
      name: 'horn',
      start: ({ command }) => command('horn', {}, () => void heard.push('horn')),
    });
    const bot = await startTestBot([listener, horn]);
    bot.on('message', ({ text }) => heard.push(`program hears ${text}`));
    await bot.hear('!horn');
    expect(heard).toEqual(['program hears !horn', 'horn', 'plugin hears !horn']);
    await bot.stop();
  });

  it('tells when a message is handled, to those who listen', async () => {
    const bot = await startTestBot([lamp]);
    const handled: string[] = [];
    bot.on('handled', ({ messageId }) => handled.push(messageId));
    await bot.hear('hello', { id: 'm1' });
    await bot.hear('!lamp on', { id: 'm2' });
    await bot.hear('!nothing', { id: 'm3' });
    expect(handled).toEqual(['m1', 'm2', 'm3']);
    await bot.stop();
  });
});
