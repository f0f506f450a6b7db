// The program of a process that lives for the trial of one bot: it starts it without Twitch, on a board in memory, and
// tells what its plugins brought.
import { AccessTokens, Chat, errorCodeOf, isPertyError, messageOf, v } from '@pertybot/core';
import { Bot, type PluginInfo, placeOf, silentLogger } from '@pertybot/core/host';
import { withoutTwitch } from '../bot-process/dev-overlay.js';
import { noteOf } from '../notes/plugin-note.js';
import {
  deniedInWords,
  type TriedBot,
  type TryOrder,
  type TryReport,
  tryOrderSchema,
} from './trial-report.js';

// Whatever a plugin leaves behind is its own; but nothing that it was not allowed may look as if it were done.
const denied: unknown[] = [];
const takeStray = (error: unknown) => {
  if (isDenied(error)) denied.push(error);
};
process.on('uncaughtException', takeStray);
process.on('unhandledRejection', takeStray);
process.on('disconnect', () => process.exit());
process.once('message', (message) => {
  void run(v.parse(tryOrderSchema, message)).then((report) => {
    process.send?.(report, () => process.exit());
  });
});

async function run({ folder, stateFolder, env, resolveFrom }: TryOrder): Promise<TryReport> {
  try {
    const bot = await Bot.load({
      folder,
      stateFolder,
      env,
      resolveFrom,
      overlay: withoutTwitch,
      leaveOut: [Chat, AccessTokens],
      logger: silentLogger,
      mayLack: true,
      isTrial: true,
    });
    try {
      await bot.start();
      const plugins = await Promise.all(bot.plugins.map((plugin) => toTried(bot, plugin)));
      return { ok: true, plugins, denied: denied.map((error) => placeOf(error, folder) ?? '') };
    } finally {
      await bot.stop();
    }
  } catch (error) {
    const hint = isPertyError(error) ? error.hint : undefined;
    return { ok: false, message: messageOf(error), ...(hint !== undefined && { hint }) };
  }
}

/** What Node says of what it does not allow names no place, and no reason. */
function describeFailure(error: unknown): string {
  return isDenied(error) ? deniedInWords : messageOf(error);
}

function isDenied(error: unknown): boolean {
  return errorCodeOf(error) === 'ERR_ACCESS_DENIED';
}

async function toTried(bot: Bot, { id, state }: PluginInfo): Promise<TriedBot['plugins'][number]> {
  if (state.name === 'failed') {
    const { error } = state;
    const certain = isPertyError(error) || isDenied(error);
    const hint = isPertyError(error) ? error.hint : undefined;
    const fault = { message: describeFailure(error), certain, ...(hint !== undefined && { hint }) };
    return { id, state: state.name, fault };
  }
  const fingerprint = state.name === 'running' ? await bot.fingerprintOf(id) : undefined;
  const note = fingerprint === undefined ? undefined : noteOf(bot, id, fingerprint);
  return { id, state: state.name, ...(note && { note }) };
}
