import type { ReadStream, WriteStream } from 'node:tty';
import type { Prompt } from '@pertybot/core';
import { formatReloadNews, type ReloadNews } from '../../bot-process/reload-news.js';
import { formatBoard } from '../../terminal/board-line.js';
import { type Style, styleFor } from '../../terminal/style.js';
import { wrap } from '../../terminal/text.js';
import type { DevEvent } from '../dev-event.js';
import type { DevSession } from '../dev-session.js';
import { formatDevHelp, harmlessFirst } from '../lines/dev-help.js';
import { eventVerbs } from '../lines/event-verbs.js';
import { takeLine } from '../lines/take-line.js';
import type { DevFrontend } from './dev-frontend.js';
import { formatDevEvent } from './format-dev-event.js';
import { Screen } from './screen.js';

/** A terminal: what happens scrolls by above the board and the prompt. */
export class TerminalFrontend implements DevFrontend {
  readonly prompt: Prompt;
  private readonly style: Style;
  private readonly screen: Screen;
  private readonly over = new AbortController();
  private session: DevSession | undefined;
  private notice = 'Starting the bot, a simulated Twitch and a simulated board …';

  constructor(
    input: ReadStream,
    private readonly output: WriteStream,
  ) {
    const style = styleFor(output);
    this.style = style;
    this.screen = new Screen({
      input,
      output,
      prompt: style.bold('› '),
      footer: (columns) => this.footer(columns),
      complete: (line) => this.complete(line),
      onLine: (line) => void this.take(line),
      onEnd: () => this.over.abort(),
    });
    this.prompt = {
      show: (text) => this.screen.print(text),
      ask: (question, signal) => this.screen.ask(question, signal),
    };
  }

  show(event: DevEvent, at: Date): void {
    if (event.type === 'ready') this.notice = 'The board has no outputs.';
    // The log, on the same screen, says why.
    const isFault = event.type === 'fault' || (event.type === 'plugin' && event.state === 'failed');
    const isLogged = process.stderr.isTTY && isFault;
    const text = isLogged ? undefined : formatDevEvent(event, at, this.style);
    if (text === undefined) this.screen.refresh();
    else this.screen.print(text);
  }

  log(line: string): void {
    if (process.stderr.isTTY) this.screen.print(line.trimEnd());
    else process.stderr.write(line);
  }

  remark(text: string): void {
    this.screen.print(text);
  }

  reloaded(news: ReloadNews, at: Date): void {
    this.screen.print(formatReloadNews(news, at, this.style));
  }

  /** Fires when the owner has pressed Ctrl-C or Ctrl-D, or typed `quit`. */
  get ended(): AbortSignal {
    return this.over.signal;
  }

  async run(session: DevSession, signal: AbortSignal): Promise<void> {
    this.session = session;
    this.greet(session);
    const ended = AbortSignal.any([signal, this.over.signal]);
    if (ended.aborted) return;
    await new Promise((resolve) => ended.addEventListener('abort', resolve, { once: true }));
  }

  close(): void {
    this.screen.close();
  }

  private greet(session: DevSession): void {
    const { style } = this;
    const names = harmlessFirst(session.commands).map(({ name }) =>
      style.cyan(`${session.prefix}${name}`),
    );
    this.screen.print(
      [
        wrap(`${style.dim('Chat commands:')} ${names.join(' ') || 'none'}`, this.output.columns, 0),
        style.dim('Type one to say it in chat, alice: … as a viewer, bob raids 50, or help.'),
      ].join('\n'),
    );
  }

  private async take(line: string): Promise<void> {
    const { session, style } = this;
    if (session === undefined) {
      if (line.trim() === 'quit') this.over.abort();
      else if (line.trim() !== '') this.screen.print(style.dim('The bot is still starting.'));
      return;
    }
    const { columns } = this.output;
    const more = await takeLine(line, session, {
      help: () => this.screen.print(formatDevHelp(session, { style, columns })),
      complain: (fault, hint) => this.screen.print(wrap(`${style.red(fault)} ${hint}`, columns, 0)),
    });
    if (!more) this.over.abort();
  }

  private complete(line: string): readonly string[] {
    const commands = this.session?.commands ?? [];
    const prefix = this.session?.prefix ?? '';
    const names = commands.filter(({ enabled }) => enabled).map(({ name }) => `${prefix}${name} `);
    const [name] = /^@?\w+(?:\[[^\]]*\])? /.exec(line) ?? [];
    const verbs = name === undefined ? [] : eventVerbs.map(({ verb }) => `${name}${verb} `);
    return [...names, ...verbs, 'help', 'quit'].filter((each) => each.startsWith(line));
  }

  private footer(columns: number): readonly string[] {
    const board = formatBoard(this.session?.outputs ?? [], this.style, columns);
    return ['', ...(board.length > 0 ? board : [this.style.dim(this.notice)])];
  }
}
