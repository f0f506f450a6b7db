import type { Prompt } from '@pertybot/core';
import type { ReloadNews } from '../../bot-process/reload-news.js';
import type { Style } from '../../terminal/style.js';
import type { DevEvent, DevView } from '../dev-event.js';
import type { DevSession } from '../dev-session.js';
import { formatDevEvent } from './format-dev-event.js';

/** How the owner sees `pertybot dev`, and tells it lines: a terminal, or a pair of pipes. */
export interface DevFrontend extends DevView {
  /** For plugins that show a link or ask something. */
  readonly prompt: Prompt;
  /** Where the log goes; each line has its line feed. */
  log(line: string): void;
  /** Shows a remark that is no event. */
  remark(text: string): void;
  /** Tells what an edit did to the bot. */
  reloaded(news: ReloadNews, at: Date): void;
  /** Takes lines until there are no more, or `signal` fires. */
  run(session: DevSession, signal: AbortSignal): Promise<void>;
  /** Gives the terminal back. */
  close(): void;
}

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

/** Shows events as lines of text. */
export class TextView implements DevView {
  constructor(
    private readonly print: (text: string) => void,
    private readonly style: Style,
  ) {}

  show(event: DevEvent, at: Date): void {
    // Whoever sees the log sees it there.
    if (event.type === 'fault' && process.stderr.isTTY) return;
    const text = formatDevEvent(event, at, this.style);
    if (text !== undefined) this.print(text);
  }
}
