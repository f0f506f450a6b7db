import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type LockHolder, lockHolder } from '@pertybot/core/host';
import { pinsLeftOn } from '@pertybot/plugin-gpio';
import { signalBot } from '../estop/prove-bot.js';
import { findService, readServiceStatus } from '../service/bot-service.js';
import type { ServiceHost } from '../service/service-host.js';
import { CliError } from '../terminal/cli-error.js';
import { toPlainText } from '../terminal/text.js';

/** How {@link runStop} works. */
export interface RunStopOptions {
  /** Tells whether systemd runs the bot. */
  readonly host: ServiceHost;
  /** How long a bot may take to end, milliseconds. @default 30_000 */
  readonly limit?: number;
  print(text: string): void;
}

/** Pause between two looks at whether it has ended, milliseconds. */
const glance = 100;

/**
 * Stops the bot that runs in a folder, the one of `start` before that of `dev`, as Ctrl-C would, and waits until it has
 * ended.
 * @returns whether every output is off
 * @throws CliError CLI_BOT_NOT_RUNNING, CLI_BOT_IS_SERVICE, CLI_BOT_REFUSED when it cannot be told to, CLI_BOT_SILENT
 * when it does not end
 */
export async function runStop(folder: string, options: RunStopOptions): Promise<boolean> {
  const { host, limit = 30_000, print } = options;
  const { holder, stateFolder } = await findBot(folder);
  await refuseService(folder, holder, host);
  const doubt = signalBot(holder, stateFolder, 'SIGTERM');
  if (doubt !== undefined) throw new CliError('CLI_BOT_REFUSED', doubt);
  await hasEnded(holder, stateFolder, limit);
  const left = pinsLeftOn(stateFolder);
  const what = `${toPlainText(holder.command)}, process ${holder.pid}`;
  print(left.length === 0 ? `Stopped ${what}; every pin is off.` : `Stopped ${what}.`);
  for (const sentence of left) print(sentence);
  return left.length === 0;
}

interface RunningBot {
  readonly holder: LockHolder;
  readonly stateFolder: string;
}

async function findBot(folder: string): Promise<RunningBot> {
  for (const stateFolder of [join(folder, '.pertybot'), join(folder, '.pertybot', 'dev')]) {
    const holder = await lockHolder(stateFolder, 'bot');
    if (holder === 'unknown') {
      throw new CliError('CLI_BOT_REFUSED', 'A bot runs, and which process it is cannot be read.', {
        hint: 'It may be that of another user, or in a container: stop it there.',
      });
    }
    if (holder !== undefined) return { holder, stateFolder };
  }
  throw new CliError('CLI_BOT_NOT_RUNNING', `No bot runs in "${folder}".`, {
    hint: 'There is nothing to stop; another folder is named with --dir.',
  });
}

/** Who stops a service behind the back of systemd is not who started it. */
async function refuseService(folder: string, holder: LockHolder, host: ServiceHost): Promise<void> {
  if (!host.isBooted) return;
  const service = findService(folder, host, false);
  if (!service.isInstalled) return;
  const { pid } = await readServiceStatus(service);
  if (pid !== holder.pid) return;
  const user = service.scope === 'user' ? ' --user' : '';
  throw new CliError('CLI_BOT_IS_SERVICE', `The bot in "${folder}" runs as "${service.unit}".`, {
    hint: `Run: pertybot service stop${user}`,
  });
}

async function hasEnded(holder: LockHolder, stateFolder: string, limit: number): Promise<void> {
  const end = performance.now() + limit;
  for (;;) {
    const now = await lockHolder(stateFolder, 'bot').catch(() => undefined);
    if (now === undefined || (now !== 'unknown' && now.pid !== holder.pid)) return;
    if (performance.now() >= end) break;
    await pause(glance);
  }
  throw new CliError(
    'CLI_BOT_SILENT',
    `Process ${holder.pid} did not end within ${limit / 1_000} s.`,
    {
      hint: `Make the pins safe with pertybot estop; then end it: kill -9 ${holder.pid}`,
    },
  );
}
