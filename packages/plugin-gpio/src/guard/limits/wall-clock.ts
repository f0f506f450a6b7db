import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import {
  Clock,
  errorCodeOf,
  type InjectionToken,
  inject,
  injectable,
  Logger,
  type Undo,
} from '@pertybot/core';

/** The time of day, where it is known. */
export interface WallClock {
  /** @returns undefined while the machine's clock cannot be trusted */
  date(): Date | undefined;
  /** Resolves when it is known whether the clock can be trusted now; it is looked at again later. */
  look(): Promise<void>;
}

/** Injection token of the {@link WallClock}. */
export const WallClock: InjectionToken<WallClock> = Symbol.for('pertybot.WallClock');

/** Says whether the machine's clock was set from the network. */
export interface ClockProbe {
  isSynchronised(): Promise<boolean>;
}

/** Injection token of the {@link ClockProbe}. */
export const ClockProbe: InjectionToken<ClockProbe> = Symbol.for('pertybot.ClockProbe');

/** Longest time that systemd may take to answer, in milliseconds. */
const patience = 5_000;

/** How often a clock that is not synchronised is looked at again, in milliseconds. */
const interval = 30_000;

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

/**
 * The machine's time of day, once it was set from the network: a Raspberry Pi has no battery clock,
 * so that it may wake up in the middle of a night that is long over.
 */
@injectable()
export class SyncedWallClock implements WallClock {
  private trusted = false;
  private looking: Promise<void> | undefined;
  private cancel: Undo = () => {};

  constructor(
    @inject(Clock) private readonly clock: Clock,
    @inject(ClockProbe) private readonly probe: ClockProbe,
    @inject(Logger) private readonly log: Logger,
  ) {}

  date(): Date | undefined {
    return this.trusted ? this.clock.date() : undefined;
  }

  look(): Promise<void> {
    this.looking ??= this.askProbe();
    return this.looking;
  }

  /** Looks no longer. */
  stop(): void {
    this.cancel();
  }

  private async askProbe(): Promise<void> {
    this.trusted = await this.probe.isSynchronised();
    if (this.trusted) return;
    this.log.warn('The clock is not synchronised: outputs with quiet hours stay off until it is.');
    this.lookAgain();
  }

  private lookAgain(): void {
    this.cancel = this.clock.after(interval, async () => {
      this.trusted = await this.probe.isSynchronised();
      if (this.trusted) this.log.info('The clock is synchronised: quiet hours hold.');
      else this.lookAgain();
    });
  }
}
