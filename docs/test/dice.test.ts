import { expect, it } from '@jest/globals';
import { startTestBot } from '@pertybot/core/testing';
import dice from './dice.js';

it('rolls as many dice as are asked for, once in five seconds', async () => {
  const bot = await startTestBot([dice], { config: { dice: { sides: 1 } } });
  await bot.hear('!roll 3', { as: 'Alice' });
  await bot.hear('!roll', { as: 'Alice' });
  await bot.clock.advance('5s');
  await bot.hear('!roll', { as: 'Alice' });
  expect(bot.replies).toEqual([
    'Alice rolls 1, 1, 1',
    '!roll can be used again in 5 s.',
    'Alice rolls 1',
  ]);
  await bot.stop();
});
