import type { Level, LineHandle } from '../drivers/gpio-driver.js';
import type { Deadlines } from './deadlines.js';
import { GuardianProcess, type GuardianProcessOptions } from './guardian-process.js';
import { nameOfOutput } from './name-of-output.js';

/** An output to be watched; one without a handle has no pin that could stay on. */
export interface WatchedOutput {
  readonly offset: number;
  readonly handle?: LineHandle | undefined;
  /** The level at the pin that is off. */
  readonly safe: Level;
}

/** An output with a pin that could stay on. */
export type RealOutput = WatchedOutput & { readonly handle: LineHandle };

/** Whether it has one. */
export function isReal(output: WatchedOutput): output is RealOutput {
  return output.handle !== undefined;
}

/** One guardian at work, and what it watches. */
export class GuardianSession {
  private readonly gone = new Set<WatchedOutput>();

  private constructor(
    readonly process: GuardianProcess,
    private readonly outputs: readonly WatchedOutput[],
    private readonly deadlines: Deadlines<WatchedOutput>,
  ) {}

  /**
   * Starts a guardian of `outputs`, whose file descriptors must be open when this is called.
   * @throws GpioError GPIO_UNGUARDED
   */
  static async begin(
    outputs: readonly RealOutput[],
    deadlines: Deadlines<WatchedOutput>,
    options: Omit<GuardianProcessOptions, 'onLate'> & { onLate: (output: WatchedOutput) => void },
  ): Promise<GuardianSession> {
    const onLate = (place: number) => {
      const output = outputs[place];
      if (output) options.onLate(output);
    };
    const lines = outputs.map((output) => ({ ...output, name: nameOfOutput(output) }));
    const process = await GuardianProcess.start(lines, { ...options, onLate });
    return new GuardianSession(process, outputs, deadlines);
  }

  /** Whether the guardian is well and has this output. */
  watches(output: WatchedOutput): boolean {
    return this.process.isWell && this.has(output);
  }

  has(output: WatchedOutput): boolean {
    return this.outputs.includes(output) && !this.gone.has(output);
  }

  /** Tells the guardian how an output stands. @param now monotonic milliseconds */
  tell(output: WatchedOutput, now: number): void {
    const place = this.outputs.indexOf(output);
    if (place < 0 || this.gone.has(output)) return;
    this.process.note(this.deadlines.tell(output, place, now));
  }

  /** Tells the guardian how all outputs stand. */
  tellAll(now: number): void {
    for (const output of this.outputs) this.tell(output, now);
  }

  /** Takes from the guardian what is not among `wanted`; resolves when it has let go of that. */
  async keepOnly(wanted: readonly WatchedOutput[]): Promise<void> {
    const leaving = this.outputs.filter((own) => this.has(own) && !wanted.includes(own));
    for (const output of leaving) this.gone.add(output);
    await Promise.all(leaving.map((output) => this.process.drop(this.outputs.indexOf(output))));
  }
}
