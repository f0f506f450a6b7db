import { expect, it } from '@jest/globals';
import { definePlugin } from '../../src/index.js';
import { startTestBot } from '../../src/testing/index.js';

it('bounds the calls of a command that never ends, says so once, and lets its others run', async () => {
  let begun = 0;
  let ends: (() => void)[] = [];
  const plugin = definePlugin({
    name: 'slow',
    start({ command }) {
      command('hang [word]', { urgent: ['off'] }, ({ args }) => {
        begun += 1;
        if (args.word === 'off') return undefined;
        return new Promise<void>((resolve) => ends.push(resolve));
      });
      command('quick', {}, ({ reply }) => reply('done'));
    },
  });
  const bot = await startTestBot([plugin]);
  const hear = (text: string, as: string) => void bot.hear(text, { as });
  for (let index = 0; index < 10_000; index++) hear('!hang', `viewer${index}`);
  expect(begun).toBe(200);
  expect(bot.refusals.every(({ reason }) => reason === 'busy')).toBe(true);
  await bot.hear('!quick', { as: 'viewer9999' });
  await bot.hear('!hang off', { as: 'viewer1' });
  expect([bot.replies, begun]).toEqual([['done'], 201]);
  expect(bot.log.filter(({ level }) => level === 'warn').map(({ message }) => message)).toEqual([
    '200 calls of the command "hang" have not ended. More are refused.',
  ]);
  for (const end of ends) end();
  ends = [];
  await bot.clock.advance(0);
  hear('!hang', 'viewer9999');
  expect(begun).toBe(202);
  await bot.stop();
});

it('takes an answer that cannot be looked at for a fault, and goes on, whatever else a handler gives', async () => {
  const broken = Object.defineProperty({}, 'refused', {
    get() {
      throw new Error('no look');
    },
  });
  const thenable = Object.assign(() => {}, {
    // biome-ignore lint/suspicious/noThenProperty: an author may give what only looks like a promise
    then: (settle: (value: string) => void) => settle('late'),
  });
  const answers: unknown[] = [broken, Promise.resolve(broken), thenable, undefined, 7];
  let ended = 0;
  const plugin = definePlugin({
    name: 'odd',
    start({ command, on }) {
      on('command', () => {
        ended += 1;
      });
      command(
        'odd <number:int>',
        { urgent: ['0'] },
        ({ args }) =>
          // What a plugin in JavaScript may do.
          answers[args.number] as undefined,
      );
    },
  });
  const bot = await startTestBot([plugin]);
  for (let index = 0; index < answers.length; index++) {
    await bot.hear(`!odd ${index}`, { as: `viewer${index}` });
  }
  expect(ended).toBe(3);
  const faults = bot.log.filter(({ level }) => level === 'error').map(({ message }) => message);
  expect(faults).toEqual(Array(2).fill('The plugin "odd" failed in command odd: no look'));
  expect(bot.log.filter(({ message }) => message.includes('returned a text'))).toHaveLength(1);
  // Neither holds its viewer up, nor the bot's end.
  await bot.hear('!odd 4', { as: 'viewer1' });
  expect(ended).toBe(4);
  await bot.stop();
});
