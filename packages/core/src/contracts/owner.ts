import type { InjectionToken } from './injection.js';

/** Opens pages in the owner's browser, where there is one. The program that runs the bot provides it. */
export interface Browser {
  /** @returns whether a browser took the URL; false over SSH or without a desktop */
  open(url: string): Promise<boolean>;
}

/** Injection token of {@link Browser}. */
export const Browser: InjectionToken<Browser> = Symbol.for('pertybot.Browser');

/** Asks the owner at the terminal, where there is one. The program that runs the bot provides it. */
export interface Prompt {
  /** Shows text to the owner, such as a link or a QR code; it is never put into the log. */
  show(text: string): void;
  /**
   * Asks for a line.
   * @returns the line, or undefined where nobody can answer or `signal` fired
   */
  ask(question: string, signal?: AbortSignal): Promise<string | undefined>;
}

/** Injection token of {@link Prompt}. */
export const Prompt: InjectionToken<Prompt> = Symbol.for('pertybot.Prompt');

/** Folders of the running bot. */
export interface BotFolders {
  /** Where plugins.yaml is. */
  readonly bot: string;
  /** Where the bot keeps its state, mode 0700: `.pertybot/`, or `.pertybot/dev/` under `pertybot dev`. */
  readonly state: string;
}

/** Injection token of {@link BotFolders}. */
export const BotFolders: InjectionToken<BotFolders> = Symbol.for('pertybot.BotFolders');
