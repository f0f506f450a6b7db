import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { formatReloadNews, type ReloadNews } from '../../bot-process/reload-news.js';
import { unlessAborted } from '../../bot-process/shutdown.js';
import { styleFor } from '../../terminal/style.js';
import { TerminalPrompt } from '../../terminal/terminal-prompt.js';
import type { DevEvent, DevView } from '../dev-event.js';
import type { DevSession } from '../dev-session.js';
import { formatDevHelp } from '../lines/dev-help.js';
import { takeLine } from '../lines/take-line.js';
import type { DevFrontend } from './dev-frontend.js';

/** How long nothing must come out before the input counts as dealt with, milliseconds. */
const quietSpan = 200;

/** How long commands may still run after the last line, milliseconds. */
const idleLimit = 30_000;

/** Lines from a pipe or a file, one after the other; the session ends with them. */
export class LineFrontend implements DevFrontend {
  readonly prompt = new TerminalPrompt();
  private readonly quiet = new QuietTime();

  /** @param view where events are shown */
  constructor(
    private readonly input: NodeJS.ReadableStream,
    private readonly view: DevView,
  ) {}

  show(event: DevEvent, at: Date): void {
    this.quiet.touch();
    this.view.show(event, at);
  }

  log(line: string): void {
    process.stderr.write(line);
  }

  remark(text: string): void {
    process.stderr.write(`${text}\n`);
  }

  reloaded(news: ReloadNews, at: Date): void {
    this.quiet.touch();
    this.remark(formatReloadNews(news, at, styleFor(process.stderr)));
  }

  async run(session: DevSession, signal: AbortSignal): Promise<void> {
    let count = 0;
    const answers = {
      help: () => {
        const { columns } = process.stderr;
        this.remark(formatDevHelp(session, { style: styleFor(process.stderr), columns }));
      },
      complain: (fault: string, hint: string) => this.remark(`Line ${count}: ${fault} ${hint}`),
    };
    for await (const line of linesOf(this.input, signal)) {
      count += 1;
      const more = await unlessAborted(takeLine(line, session, answers), signal);
      if (more !== true) break;
    }
    await unlessAborted(this.settle(session, signal), signal);
  }

  close(): void {}

  /** Waits until no command runs and nothing comes out any more. */
  private async settle(session: DevSession, signal: AbortSignal): Promise<void> {
    const limit = AbortSignal.timeout(idleLimit);
    for (let before = -1; before !== this.quiet.count; ) {
      await unlessAborted(session.idle(), limit);
      if (limit.aborted) {
        this.remark(`A command still runs after ${idleLimit / 1_000} seconds; the bot stops now.`);
        return;
      }
      before = this.quiet.count;
      await this.quiet.wait(quietSpan, signal);
      await unlessAborted(session.idle(), limit);
    }
  }
}

/** The lines of a stream, one at a time; ends with the stream, or when `signal` fires. */
async function* linesOf(input: NodeJS.ReadableStream, signal: AbortSignal): AsyncGenerator<string> {
  if (signal.aborted) return;
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY, terminal: false });
  const close = () => {
    lines.close();
    // A read that waits for a terminal would keep the process alive.
    if ('unref' in input && typeof input.unref === 'function') input.unref();
  };
  signal.addEventListener('abort', close, { once: true });
  try {
    yield* lines;
  } finally {
    signal.removeEventListener('abort', close);
    close();
  }
}

/** Knows when something last came out, so that one can wait until nothing more does. */
class QuietTime {
  private last = performance.now();
  private touches = 0;

  /** How often something came out. */
  get count(): number {
    return this.touches;
  }

  /** Something came out. */
  touch(): void {
    this.touches += 1;
    this.last = performance.now();
  }

  /**
   * Waits until nothing has come out for a while, counted from now at the earliest.
   * @param span milliseconds
   */
  async wait(span: number, signal?: AbortSignal): Promise<void> {
    const called = performance.now();
    for (;;) {
      const left = Math.max(called, this.last) + span - performance.now();
      if (left <= 0 || signal?.aborted) return;
      await wait(left, undefined, signal ? { signal } : {}).catch(() => {});
    }
  }
}
