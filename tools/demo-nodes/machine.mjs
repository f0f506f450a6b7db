// A machine of the demo as a process of its own: the bot of a folder, on a board in memory. It tells its parent what it
// logs and what its pins do.
// usage, by fork(): machine.mjs FOLDER STATE_FOLDER OVERLAY
import { isPertyError, messageOf } from '@pertybot/core';
import { Bot, silentLogger } from '@pertybot/core/host';
import { SimulatedBoard } from '@pertybot/plugin-gpio';

const [folder, stateFolder, overlay] = process.argv.slice(2);
const tell = (said) => process.send?.(said);
const speak = (text) => tell({ text });
const logger = { ...silentLogger, warn: speak, error: speak, child: () => logger };

process.on('disconnect', () => process.exit());
process.on('message', () => void stop());

let bot;
try {
  bot = await Bot.load({ folder, stateFolder, logger, overlay: JSON.parse(overlay) });
  await bot.start();
  bot.find(SimulatedBoard)?.onChange(({ offset, level }) => tell({ pin: offset, level }));
  tell({ ready: true });
} catch (error) {
  const hint = isPertyError(error) ? (error.hint ?? '') : '';
  speak(`${messageOf(error)} ${hint}`);
  process.exit(1);
}

async function stop() {
  await bot?.stop();
  process.exit();
}
