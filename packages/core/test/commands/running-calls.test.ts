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
