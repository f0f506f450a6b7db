import {
  clearScreenDown,
  createInterface,
  cursorTo,
  type Interface,
  moveCursor,
} from 'node:readline';
import type { ReadStream, WriteStream } from 'node:tty';
import { textWidth } from '../../terminal/text.js';

/** What a {@link Screen} shows and whom it tells. */
export interface ScreenOptions {
  readonly input: ReadStream;
  readonly output: WriteStream;
  readonly prompt: string;
  /** Lines that stay above the prompt, for so many columns. */
  footer(columns: number): readonly string[];
  /** Endings of what is typed, for the Tab key. */
  complete(line: string): readonly string[];
  onLine(line: string): void;
  /** Ctrl-C or Ctrl-D. */
  onEnd(): void;
}

/** A terminal whose last lines, the footer and the prompt, stay where they are while text scrolls by. */
export class Screen {
  private readonly prompt: Interface;
  private drawn: readonly string[] = [];
  private question: ((answer: string | undefined) => void) | undefined;
  private closed = false;
  private lost = false;

  constructor(private readonly options: ScreenOptions) {
    this.prompt = createInterface({
      input: options.input,
      output: options.output,
      prompt: options.prompt,
      terminal: true,
      historySize: 200,
      removeHistoryDuplicates: true,
      completer: (line: string) => [[...options.complete(line)].slice(0, 1), line],
    });
    this.prompt.on('line', (line) => this.take(line));
    this.prompt.on('SIGINT', () => options.onEnd());
    this.prompt.on('SIGTSTP', () => this.suspend());
    this.prompt.on('close', () => {
      this.question?.(undefined);
      if (!this.closed) options.onEnd();
    });
    // A window that is closed takes its terminal with it: to write there would only fail again.
    for (const each of [this.prompt, options.input, options.output]) each.on('error', this.lose);
    options.output.on('resize', this.refresh);
    this.draw();
  }

  /** Shows lines of text above the footer. */
  print(text: string): void {
    if (!this.closed) this.erase();
    if (!this.lost) this.options.output.write(`${text}\n`);
    if (!this.closed) this.draw();
  }

  /** Draws the footer anew, because it changed. */
  readonly refresh = (): void => {
    if (this.closed) return;
    this.erase();
    this.draw();
  };

  /**
   * Asks for a line; the next one that is typed answers.
   * @returns undefined when `signal` fired or the terminal ended first
   */
  ask(question: string, signal?: AbortSignal): Promise<string | undefined> {
    if (this.closed || signal?.aborted) return Promise.resolve(undefined);
    this.question?.(undefined);
    return new Promise((resolve) => {
      const answer = (line: string | undefined) => {
        signal?.removeEventListener('abort', onAbort);
        this.question = undefined;
        this.prompt.setPrompt(this.options.prompt);
        this.refresh();
        resolve(line);
      };
      const onAbort = () => answer(undefined);
      signal?.addEventListener('abort', onAbort, { once: true });
      this.question = answer;
      this.prompt.setPrompt(`${question.trimEnd()} `);
      this.refresh();
    });
  }

  /** Takes footer and prompt away; what is printed from now on simply follows. */
  close(): void {
    if (this.closed) return;
    this.erase();
    this.closed = true;
    this.options.output.off('resize', this.refresh);
    this.prompt.close();
  }

  private readonly lose = (): void => {
    if (this.lost) return;
    this.lost = true;
    this.options.onEnd();
  };

  /** Ctrl-Z: stops the whole group, since npm or npx waits for this process, and the shell for them. */
  private suspend(): void {
    const { input } = this.options;
    input.setRawMode(false);
    process.once('SIGCONT', () => {
      input.setRawMode(true);
      this.refresh();
    });
    process.kill(0, 'SIGTSTP');
  }

  private take(line: string): void {
    // readline went to a new line; what was typed is shown again as chat, so it goes away here.
    const width = textWidth(this.prompt.getPrompt()) + textWidth(line);
    this.clear(Math.floor(width / this.columns) + 1);
    this.draw();
    if (this.question === undefined) this.options.onLine(line);
    else this.question(line);
  }

  private erase(): void {
    this.clear(this.prompt.getCursorPos().rows);
  }

  /** @param rows that the prompt takes above the cursor */
  private clear(rows: number): void {
    const { output } = this.options;
    if (this.lost) return;
    moveCursor(output, 0, -(rows + this.footerRows));
    cursorTo(output, 0);
    clearScreenDown(output);
  }

  private draw(): void {
    if (this.lost) return;
    const { rows } = this.prompt.getCursorPos();
    const lines = this.options.footer(this.columns);
    this.drawn = lines;
    // readline goes up as many rows as its own line had, so it must find them below.
    this.options.output.write(lines.map((line) => `${line}\n`).join('') + '\n'.repeat(rows));
    this.prompt.prompt(true);
  }

  /** Rows that the footer takes now: a terminal that became narrower has wrapped it. */
  private get footerRows(): number {
    const rows = this.drawn.map((line) => Math.max(1, Math.ceil(textWidth(line) / this.columns)));
    return rows.reduce((sum, count) => sum + count, 0);
  }

  private get columns(): number {
    return this.options.output.columns || 80;
  }
}
