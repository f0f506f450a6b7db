import { createInterface } from 'node:readline/promises';
import type { Prompt } from '@pertybot/core';

/** The owner at a plain terminal. Questions go to stderr, so that stdout stays clean. */
export class TerminalPrompt implements Prompt {
  /** @param given instead of stdin */
  constructor(
    private readonly given?: NodeJS.ReadStream,
    private readonly output: NodeJS.WriteStream = process.stderr,
  ) {}

  /** Node opens stdin when somebody looks at it, so not before there is a question. */
  private get input(): NodeJS.ReadStream {
    return this.given ?? process.stdin;
  }

  /** Whether somebody can answer. */
  get isInteractive(): boolean {
    return this.input.isTTY === true && this.output.isTTY === true;
  }

  show(text: string): void {
    this.output.write(`${text}\n`);
  }

  async ask(question: string, signal?: AbortSignal): Promise<string | undefined> {
    if (!this.isInteractive || signal?.aborted) return undefined;
    const lines = createInterface({ input: this.input, output: this.output });
    try {
      const ended = new Promise<undefined>((resolve) => {
        lines.once('close', () => resolve(undefined));
        // readline would keep Ctrl-C for itself. On Windows a signal to oneself ends the process at once.
        lines.once('SIGINT', () => {
          if (!process.emit('SIGINT', 'SIGINT')) process.kill(process.pid, 'SIGINT');
        });
      });
      // A question that ends its line leaves the next one to the answer, and to what is logged meanwhile.
      const asked = question.endsWith('\n') ? question : `${question.trimEnd()} `;
      const answer = lines.question(asked, signal ? { signal } : {});
      return await Promise.race([answer.catch(() => undefined), ended]);
    } finally {
      lines.close();
    }
  }

  /**
   * Asks a question that yes or no answers.
   * @returns false where nobody can answer
   */
  async confirm(question: string, signal?: AbortSignal): Promise<boolean> {
    const answer = await this.ask(`${question} [y/N]`, signal);
    return answer !== undefined && /^y(?:es)?$/i.test(answer.trim());
  }
}
