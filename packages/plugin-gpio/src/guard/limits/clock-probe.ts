import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { errorCodeOf, type InjectionToken } from '@pertybot/core';

/** Says whether the machine's clock was set from the network. */
export interface ClockProbe {
  isSynchronised(): Promise<boolean>;
}

/** Injection token of the {@link ClockProbe}. */
export const ClockProbe: InjectionToken<ClockProbe> = Symbol.for('pertybot.ClockProbe');

/** Longest time that systemd may take to answer, in milliseconds. */
const patience = 5_000;

/** Asks systemd, which knows it whichever program sets the clock. */
export const systemdClockProbe: ClockProbe = {
  async isSynchronised() {
    const ask = ['show', '--property=NTPSynchronized', '--value'];
    try {
      const { stdout } = await promisify(execFile)('timedatectl', ask, { timeout: patience });
      return stdout.trim() === 'yes';
    } catch (error) {
      // Where there is no systemd, nobody can say: the owner of such a machine sets its clock.
      return errorCodeOf(error) === 'ENOENT';
    }
  },
};

/** For the simulated board: a laptop knows its time. */
export const trustingClockProbe: ClockProbe = { isSynchronised: async () => true };
