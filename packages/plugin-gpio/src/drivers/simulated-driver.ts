import { EdgeListeners } from './edge-listeners.js';
import type {
  Edge,
  GpioDriver,
  InputLine,
  InputOptions,
  Level,
  OutputLine,
} from './gpio-driver.js';
import { driverClosed, lineReleased, requireHeaderLine } from './line-errors.js';
import { SimulatedBoard } from './simulated-board.js';

/** Drives a {@link SimulatedBoard}: for laptops, for tests and for the `dev` prompt. */
export class SimulatedDriver implements GpioDriver {
  readonly name = 'simulated';
  readonly description = 'simulated board (no pin moves)';
  private readonly left = new Set<() => void>();
  private closed = false;

  constructor(
    readonly board: SimulatedBoard = new SimulatedBoard(),
    private readonly consumer = 'pertybot',
  ) {}

  async claimOutput(offset: number, initial: Level): Promise<OutputLine> {
    this.requireClaimable(offset);
    this.board.claim(offset, this.consumer, { level: initial });
    const line = new SimulatedOutput(this.board, offset, () => this.left.delete(giveBack));
    const giveBack = () => line.release(initial);
    this.left.add(giveBack);
    return line;
  }

  async claimInput(offset: number, options: InputOptions): Promise<InputLine> {
    this.requireClaimable(offset);
    const { pull, rest } = options;
    this.board.claim(offset, this.consumer, rest === undefined ? { pull } : { pull, rest });
    const giveBack = () => line.release();
    const forget = () => this.left.delete(giveBack);
    const line = new SimulatedInput(this.board, offset, options.debounce, forget);
    this.left.add(giveBack);
    return line;
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const giveBack of [...this.left]) giveBack();
  }

  private requireClaimable(offset: number): void {
    if (this.closed) throw driverClosed(this.name);
    requireHeaderLine(offset);
  }
}

class SimulatedOutput implements OutputLine {
  private released = false;

  constructor(
    private readonly board: SimulatedBoard,
    readonly offset: number,
    private readonly forget: () => void,
  ) {}

  write(level: Level): void {
    this.requireClaimed();
    this.board.drive(this.offset, level);
  }

  read(): Level {
    this.requireClaimed();
    return this.board.level(this.offset);
  }

  release(safe: Level): void {
    if (this.released) return;
    this.released = true;
    this.board.drive(this.offset, safe);
    this.board.unclaim(this.offset);
    this.forget();
  }

  private requireClaimed(): void {
    if (this.released) throw lineReleased(this.offset);
  }
}

class SimulatedInput implements InputLine {
  private readonly listeners: EdgeListeners;
  private readonly stopWatching: () => void;
  private cancelDebounce: () => void = () => {};
  private released = false;

  constructor(
    private readonly board: SimulatedBoard,
    readonly offset: number,
    private readonly debounce: number,
    private readonly forget: () => void,
  ) {
    this.listeners = new EdgeListeners(board.level(offset));
    this.stopWatching = board.onChange((change) => {
      if (change.offset === offset) this.settle(change);
    });
  }

  read(): Level {
    if (this.released) throw lineReleased(this.offset);
    return this.board.level(this.offset);
  }

  onEdge(listener: (edge: Edge) => void): () => void {
    return this.listeners.add(listener);
  }

  release(): void {
    if (this.released) return;
    this.released = true;
    this.cancelDebounce();
    this.stopWatching();
    this.listeners.clear();
    this.board.unclaim(this.offset);
    this.forget();
  }

  /** Each change starts the wait anew, as the kernel's debounce does. */
  private settle(edge: Edge): void {
    this.cancelDebounce();
    if (this.debounce === 0) this.listeners.tell(edge);
    else
      this.cancelDebounce = this.board.clock.after(this.debounce, () => this.listeners.tell(edge));
  }
}
