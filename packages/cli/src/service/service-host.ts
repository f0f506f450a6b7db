import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { errorCodeOf } from '@pertybot/core';
import { CliError } from '../terminal/cli-error.js';

/** Whose systemd runs a service: the machine's, or the user's own. */
export type ServiceScope = 'system' | 'user';

/** The machine as `pertybot service` sees it. */
export interface ServiceHost {
  /** Whether systemd runs this machine. */
  readonly isBooted: boolean;
  readonly isRoot: boolean;
  /** Whether systemd-notify is there. */
  readonly canNotify: boolean;
  /** Folder of the unit files. */
  unitFolder(scope: ServiceScope): string;
  /** Version of systemd; 0 where there is none. */
  version(): Promise<number>;
  /** Name of a user, by number. */
  userName(uid: number): Promise<string>;
  /**
   * Runs systemctl.
   * @returns what it wrote to stdout
   * @throws CliError CLI_SERVICE_FAILED with its words
   */
  systemctl(scope: ServiceScope, words: readonly string[]): Promise<string>;
}

/** This machine. */
export class SystemdHost implements ServiceHost {
  // What sd_booted(3) looks for.
  readonly isBooted = existsSync('/run/systemd/system');
  readonly isRoot = process.getuid?.() === 0;
  readonly canNotify = (process.env.PATH ?? '')
    .split(delimiter)
    .some((folder) => existsSync(join(folder, 'systemd-notify')));

  unitFolder(scope: ServiceScope): string {
    if (scope === 'system') return '/etc/systemd/system';
    return join(process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'systemd', 'user');
  }

  async version(): Promise<number> {
    const text = await run('systemctl', ['--version']).catch(() => '');
    return Number(/^systemd (\d+)/.exec(text)?.[1] ?? 0);
  }

  async userName(uid: number): Promise<string> {
    return (await run('id', ['-nu', String(uid)])).trim();
  }

  systemctl(scope: ServiceScope, words: readonly string[]): Promise<string> {
    return run('systemctl', [...(scope === 'user' ? ['--user'] : []), ...words]);
  }
}

function run(program: string, words: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, words, { encoding: 'utf8' }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(toServiceError(program, error, stderr));
    });
  });
}

function toServiceError(program: string, cause: Error, stderr: string): CliError {
  const missing = errorCodeOf(cause) === 'ENOENT';
  const why = missing ? 'it is not installed' : (stderr.trim().split('\n')[0] ?? cause.message);
  return new CliError('CLI_SERVICE_FAILED', `${program} failed: ${why}`, {
    hint: 'Run it again with sudo if it says that you may not; else see pertybot service logs.',
    cause,
  });
}
