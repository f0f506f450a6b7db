import { styleFor } from '../terminal/style.js';
import { TerminalPrompt } from '../terminal/terminal-prompt.js';
import type { DevEvent, DevView } from './dev-event.js';
import type { DevFrontend } from './dev-frontend.js';
import { formatDevHelp } from './dev-help.js';
import type { DevSession } from './dev-session.js';
import { linesOf } from './lines.js';
import { QuietTime } from './quiet-time.js';
import { takeLine } from './take-line.js';
import { unlessAborted } from './unless-aborted.js';

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

  reloaded(text: string): void {
    this.quiet.touch();
    this.remark(text);
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
