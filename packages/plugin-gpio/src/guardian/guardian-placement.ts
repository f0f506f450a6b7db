import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { GuardianLauncher } from './guardian-process.js';

/** By how much the bot stands above its guardian when the kernel looks for what to kill. */
const step = 300;

/** What the kernel takes. Source: proc(5), `/proc/<pid>/oom_score_adj`. */
const highest = 1_000;

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

let before: number | undefined;

/**
 * Has the kernel, when memory runs out, kill this process before its guardian. Done once.
 * @returns the guardian's own score; undefined where the kernel does not let us
 */
export function standBeforeGuardian(file = '/proc/self/oom_score_adj'): number | undefined {
  if (before !== undefined) return before;
  try {
    const own = Number(readFileSync(file, 'utf8'));
    const raised = Math.min(highest, own + step);
    writeFileSync(file, String(raised));
    before = Math.min(own, raised - 1);
  } catch {
    // Then the guardian still is a fraction of the bot's size, which is what the kernel looks at.
  }
  return before;
}
