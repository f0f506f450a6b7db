import type { Style } from '../terminal/style.js';
import type { DevEvent, DevView } from './dev-event.js';
import { formatDevEvent } from './format-dev-event.js';

/** Shows events as lines of text. */
export class TextView implements DevView {
  constructor(
    private readonly print: (text: string) => void,
    private readonly style: Style,
  ) {}

  show(event: DevEvent, at: Date): void {
    const text = formatDevEvent(event, at, this.style);
    if (text !== undefined) this.print(text);
  }
}
