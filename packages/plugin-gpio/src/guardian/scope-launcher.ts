import { existsSync } from 'node:fs';
import type { GuardianLauncher } from './guardian-process.js';

/** What {@link scopeLauncher} looks at; replaced in tests. */
export interface ScopeSurroundings {
  readonly environment: NodeJS.ProcessEnv;
  readonly uid: number;
  readonly exists: (path: string) => boolean;
}

/**
 * Puts the guardian of a service into a control group of its own, so that what kills the whole group of the
 * bot, as systemd and the kernel do for want of memory, does not take the guardian, too. The scope is made by
 * the manager of the machine where the bot is root, else by the one of its user, which answers while that
 * user is logged in or lingers.
 * @returns undefined for a bot that is no service, or where no manager can be asked
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd-run.html
 */
export function scopeLauncher({
  environment = process.env,
  uid = process.getuid?.() ?? 0,
  exists = existsSync,
}: Partial<ScopeSurroundings> = {}): GuardianLauncher | undefined {
  const unit = environment.PERTYBOT_SERVICE;
  if (unit === undefined || !exists('/run/systemd/system')) return undefined;
  const scope = ['--scope', '--quiet', '--collect', '--property=TimeoutStopSec=20'];
  const about = `--description=Guardian of ${unit}`;
  if (uid === 0) return { words: ['systemd-run', ...scope, about, '--'], environment: {} };
  const folders = [environment.XDG_RUNTIME_DIR, `/run/user/${uid}`];
  const runtime = folders.find((folder) => folder && exists(`${folder}/systemd/private`));
  if (runtime === undefined) return undefined;
  const words = ['systemd-run', '--user', ...scope, about, '--'];
  return { words, environment: { XDG_RUNTIME_DIR: runtime } };
}
