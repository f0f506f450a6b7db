import type { ChatSession } from './chat-session.js';
import type { ChatWorld } from './chat-world.js';
import { type IrcLine, parseLine } from './irc-line.js';
import { JoinHandler } from './join-handler.js';
import type { Keepalive } from './keepalive.js';
import { LoginHandler } from './login-handler.js';
import { MessageHandler } from './message-handler.js';

/** Takes the lines of one client to what deals with them. */
export class LineRouter {
  private readonly always: Readonly<Record<string, (line: IrcLine) => void>>;
  private readonly joins: JoinHandler;
  private readonly messages: MessageHandler;

  constructor(
    private readonly world: ChatWorld,
    private readonly session: ChatSession,
    keepalive: Keepalive,
  ) {
    this.joins = new JoinHandler(world);
    this.messages = new MessageHandler(world);
    const login = new LoginHandler(world, session);
    this.always = {
      CAP: (line) => login.capabilities(line),
      PASS: (line) => login.pass(line),
      NICK: (line) => login.nick(line),
      PING: (line) => this.pong(line),
      PONG: () => {
        keepalive.answered();
        world.hub.emit('pong', { session });
      },
      QUIT: () => session.close(),
    };
  }

  /** Deals with one line; before the login only those that belong to it. */
  hear(raw: string): void {
    const { session } = this;
    const line = parseLine(raw);
    this.world.hub.emit('line', { line: withoutPassword(raw, line), session });
    if (line === undefined) return;
    const handle = this.always[line.command];
    if (handle !== undefined) handle(line);
    else if (session.login !== undefined) this.serve(session.login, line, raw);
  }

  private serve(login: string, line: IrcLine, raw: string): void {
    switch (line.command) {
      case 'JOIN':
        this.joins.join(this.session, login, line);
        break;
      case 'PART':
        this.joins.part(this.session, login, line);
        break;
      case 'PRIVMSG':
        this.messages.handle(this.session, login, line, raw);
        break;
      default: {
        const text = 'Unknown command';
        this.session.send({ command: '421', parameters: [login, line.command], text });
      }
    }
  }

  /** A bare PING is answered barely (tmi.js knows only that), one with a text with the text. */
  private pong(line: IrcLine): void {
    const text = line.text ?? line.parameters?.[0];
    const bare = text === undefined;
    this.session.frame(bare ? 'PONG\r\n' : `:tmi.twitch.tv PONG tmi.twitch.tv :${text}\r\n`);
    this.world.hub.emit('ping', { session: this.session });
  }
}

/** A line that may be shown: nothing of one that bears a password, whatever stands before it. */
function withoutPassword(raw: string, line: IrcLine | undefined): string {
  return line?.command === 'PASS' || /^\s*PASS\b/i.test(raw) ? 'PASS ***' : raw;
}
