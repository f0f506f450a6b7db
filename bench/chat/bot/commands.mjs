import { definePlugin } from '@pertybot/core';

const count = 100;
const refusing = process.env.BENCH_COMMANDS === 'refusing';

/**
 * A hundred commands, as they are by default. With BENCH_COMMANDS=refusing a quarter has a cooldown and
 * a quarter is for subscribers, so that many calls are refused, and their callers told.
 */
export default definePlugin({
  name: 'commands',
  start({ command }) {
    let calls = 0;
    for (let index = 0; index < count; index++) {
      const options = { about: 'Counts its calls' };
      if (refusing && index % 4 === 1) options.cooldown = { user: '5s' };
      if (refusing && index % 4 === 2) options.allow = 'subscriber';
      command(`c${index} [text...]`, options, async () => {
        calls++;
      });
    }
    command('led <state>', { about: 'Answers' }, async ({ args, reply }) => {
      await reply(`led is ${args.state}`);
    });
    return () => calls;
  },
});
