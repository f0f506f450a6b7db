import { mkdirSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EstopBackup } from '../../../src/guard/estop/estop-backup.js';
import { EstopLatch } from '../../../src/guard/estop/estop-latch.js';
import { LatchedEmergencyStop } from '../../../src/guard/estop/latched-emergency-stop.js';
import { type GuardBench, makeGuard } from '../make-guard.js';

/** Where an emergency stop is kept: folders of its own. */
export class EstopPlace {
  readonly root = mkdtempSync(path.join(tmpdir(), 'estop-'));
  /** The state folder. */
  readonly folder = path.join(this.root, 'state');
  /** Stands for the memory of the machine. */
  readonly memory = path.join(this.root, 'memory');

  constructor() {
    mkdirSync(this.folder);
    mkdirSync(this.memory);
  }

  makeLatch(state = this.folder): EstopLatch {
    return new EstopLatch(state, new EstopBackup(state, [this.memory]));
  }

  makeStop({ guard, clock, log }: GuardBench, latch = this.makeLatch()): LatchedEmergencyStop {
    return new LatchedEmergencyStop(guard, latch, clock, log);
  }

  /** Whether a bot that starts now is stopped. */
  isStopped(latch = this.makeLatch()): boolean {
    const stop = this.makeStop(makeGuard(), latch);
    stop.restore();
    stop.stop();
    return stop.engaged !== undefined;
  }

  remove(): Promise<void> {
    return rm(this.root, { recursive: true, maxRetries: 9 });
  }
}
