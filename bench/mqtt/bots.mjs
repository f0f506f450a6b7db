// Bots of the bench in one process: the plugins.yaml of each comes as JSON in BENCH_BOTS. It hears lines of chat, and
// tells when a pin moved.
// A bot in chat has it loaded already.
import 'node:tls';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bot, silentLogger } from '@pertybot/core/host';

const user = { id: '1', login: 'bench', displayName: 'Bench', badges: {}, monthsSubscribed: 0 };
const roles = ['everyone', 'subscriber', 'vip', 'moderator', 'broadcaster'];
const bots = await Promise.all(
  JSON.parse(process.env.BENCH_BOTS).map(async (plugins) => {
    const folder = mkdtempSync(join(tmpdir(), 'bench-bot-'));
    writeFileSync(join(folder, 'plugins.yaml'), JSON.stringify({ plugins }));
    const bot = await Bot.load({ folder, resolveFrom: [import.meta.url], logger: silentLogger });
    bot.on('pin', () =>
      process.send?.({ type: 'moved', at: Number(process.hrtime.bigint()) / 1e6 }),
    );
    await bot.start();
    return bot;
  }),
);
let count = 0;
const nodes = () => {
  const { gadgets } = bots[0];
  return gadgets.list.filter((gadget) => gadget.node && !gadget.away).length;
};
process.on('message', ({ type, text, least }) => {
  if (type === 'hear') {
    count += 1;
    void bots[0].inbox.hear({
      id: `line-${count}`,
      ...{ channel: 'bench', roomId: '1', text, user: { ...user, roles } },
      ...{ action: false, bits: 0, firstMessage: false, sentAt: 0, mentionsBot: false },
    });
  }
  if (type === 'stop') process.exit(0);
  if (type === 'until') {
    const timer = setInterval(() => {
      const is = least === 0 ? nodes() === 0 : nodes() >= least;
      if (!is) return;
      clearInterval(timer);
      process.send({ type: 'until', at: Number(process.hrtime.bigint()) / 1e6 });
    }, 50);
  }
});
process.send({ type: 'ready' });
