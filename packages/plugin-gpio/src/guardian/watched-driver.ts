import type {
  GpioDriver,
  InputLine,
  InputOptions,
  Level,
  LineHandle,
  LineWatch,
  OutputLine,
} from '../drivers/gpio-driver.js';
import { isTonalLine, type TonalLine } from '../pwm/pwm-line.js';
import type { Guardian } from './guardian.js';
import type { WatchedOutput } from './guardian-session.js';

/**
 * A driver whose outputs have a guardian: none is handed out before it is watched, and none is
 * free for another claim before its guardian has let go of it. The level at which an output is
 * claimed is the one that the guardian sets.
 */
export class WatchedDriver implements GpioDriver {
  private readonly outputs = new Set<WatchedOutput>();

  constructor(
    private readonly driver: GpioDriver,
    private readonly guardian: Guardian,
  ) {}

  get name() {
    return this.driver.name;
  }

  get description(): string {
    return this.driver.description;
  }

  async claimOutput(offset: number, initial: Level): Promise<OutputLine> {
    await this.guardian.settled();
    return this.watch(await this.driver.claimOutput(offset, initial), initial);
  }

  async watch(line: OutputLine, safe: Level): Promise<OutputLine> {
    const { offset, handle } = line;
    const output = { offset, handle, safe };
    this.outputs.add(output);
    await this.guardian.watch([...this.outputs]);
    const onRelease = () => {
      this.outputs.delete(output);
      this.guardian.done(output);
      void this.guardian.watch([...this.outputs]);
    };
    const watch = toWatch(output, this.guardian);
    return isTonalLine(line)
      ? new WatchedTonalLine(line, watch, onRelease)
      : new WatchedLine(line, watch, onRelease);
  }

  async claimInput(offset: number, options: InputOptions): Promise<InputLine> {
    await this.guardian.settled();
    return this.driver.claimInput(offset, options);
  }

  async close(): Promise<void> {
    // What was not given back could not be switched off.
    const isDone = this.outputs.size === 0;
    await this.driver.close();
    this.outputs.clear();
    await (isDone ? this.guardian.goodbye() : this.guardian.leave());
  }
}

function toWatch(output: WatchedOutput, guardian: Guardian): LineWatch {
  return {
    get isWatched() {
      return guardian.isWatching(output);
    },
    expect: (deadline) => guardian.expect(output, deadline),
    done: () => guardian.done(output),
  };
}

/** An output that tells when it is given back. */
class WatchedLine<Line extends OutputLine = OutputLine> implements OutputLine {
  private released = false;

  constructor(
    protected readonly line: Line,
    readonly watch: LineWatch,
    private readonly onRelease: () => void,
  ) {}

  get offset(): number {
    return this.line.offset;
  }

  get handle(): LineHandle | undefined {
    return this.line.handle;
  }

  write(level: Level): void {
    this.line.write(level);
  }

  read(): Level {
    return this.line.read();
  }

  release(safe: Level): void {
    if (this.released) return;
    this.released = true;
    this.line.release(safe);
    this.onRelease();
  }
}

class WatchedTonalLine extends WatchedLine<TonalLine> implements TonalLine {
  get share(): number {
    return this.line.share;
  }

  setShare(share: number): void {
    this.line.setShare(share);
  }

  setFrequency(frequency: number): void {
    this.line.setFrequency(frequency);
  }
}
