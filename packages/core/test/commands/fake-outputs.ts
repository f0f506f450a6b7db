import type { StoppableOutputs, StopRecord } from '../../src/contracts/emergency-stop.js';

/** Outputs that a test hangs on to the emergency stop. */
export class FakeOutputs implements StoppableOutputs {
  readonly told: string[] = [];
  engaged: StopRecord | undefined;
  /** What `engage` throws. */
  fault: Error | undefined;
  private hearers: ((record: StopRecord | undefined) => void)[] = [];

  constructor(private readonly name = 'outputs') {}

  get listeners(): number {
    return this.hearers.length;
  }

  engage(by: string): void {
    this.told.push(`${this.name} engaged by ${by}`);
    if (this.fault) throw this.fault;
    if (this.engaged) return;
    this.change({ by, at: '2026-01-01T00:00:00Z' });
  }

  release(): void {
    this.told.push(`${this.name} released`);
    this.change(undefined);
  }

  end(): void {
    this.told.push(`${this.name} ended`);
  }

  onChange(listener: (record: StopRecord | undefined) => void): () => void {
    this.hearers.push(listener);
    return () => {
      this.hearers = this.hearers.filter((other) => other !== listener);
    };
  }

  private change(record: StopRecord | undefined): void {
    this.engaged = record;
    for (const listener of this.hearers) listener(record);
  }
}
