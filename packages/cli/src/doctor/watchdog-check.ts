import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Finding } from '@pertybot/core';

const run = promisify(execFile);

/** What {@link checkWatchdog} asks; replaced in tests. */
export interface WatchdogSurroundings {
  /** Whether the machine has a watchdog. It is not opened: that would start it. */
  readonly hasDevice: () => Promise<boolean>;
  /** What systemd says of its RuntimeWatchdogSec. */
  readonly askSystemd: () => Promise<string>;
}

const machine: WatchdogSurroundings = {
  hasDevice: async () => {
    const found = [access('/dev/watchdog'), access('/dev/watchdog0')];
    return Promise.any(found).then(
      () => true,
      () => false,
    );
  },
  askSystemd: async () => {
    const words = ['show', '--property=RuntimeWatchdogUSec', '--value'];
    return (await run('systemctl', words, { timeout: 5_000 })).stdout.trim();
  },
};

/**
 * Whether systemd has the hardware start a machine anew that hangs: neither bot nor guardian can switch
 * anything off then.
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd-system.conf.html
 */
export async function checkWatchdog({
  hasDevice,
  askSystemd,
}: WatchdogSurroundings = machine): Promise<readonly Finding[]> {
  if (!(await hasDevice())) return [];
  const time = await askSystemd().catch(() => '');
  if (time === '') return [];
  const subject = 'watchdog';
  if (time !== '0' && time !== 'infinity') {
    const message = `A machine that hangs is started anew after ${time}.`;
    return [{ level: 'ok', subject, message }];
  }
  const message = 'A machine that hangs keeps its outputs as they are: the watchdog is off.';
  const hint =
    'Write "[Manager]" and "RuntimeWatchdogSec=15" into /etc/systemd/system.conf.d/watchdog.conf, then restart the computer.';
  return [{ level: 'info', subject, message, hint }];
}
