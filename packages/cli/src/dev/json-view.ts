import type { DevEvent, DevView } from './dev-event.js';

/** Shows events as JSON, one object a line. */
export class JsonView implements DevView {
  constructor(private readonly output: { write(text: string): unknown }) {}

  show(event: DevEvent, at: Date): void {
    this.output.write(toJsonLine(event, at));
  }
}

function toJsonLine({ type, ...fields }: DevEvent, at: Date): string {
  return `${JSON.stringify({ type, time: at.toISOString(), ...fields })}\n`;
}
