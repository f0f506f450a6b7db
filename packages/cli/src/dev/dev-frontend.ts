import type { Prompt } from '@pertybot/core';
import type { ReloadNews } from '../bot-process/reload-news.js';
import type { DevView } from './dev-event.js';
import type { DevSession } from './dev-session.js';

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
