import type { ChatSession } from './chat-session.js';
import type { ChatWorld } from './chat-world.js';
import type { IrcLine } from './irc-line.js';
import type { LoginNotice } from './notices.js';
import { globalUserState } from './state-lines.js';

const known = new Set(['twitch.tv/tags', 'twitch.tv/commands', 'twitch.tv/membership']);

/** Takes one client from its first line to its welcome. */
export class LoginHandler {
  private password: string | undefined;
  private over = false;

  constructor(
    private readonly world: ChatWorld,
    private readonly session: ChatSession,
  ) {}

  /** `CAP REQ :…` and its kin. */
  capabilities(line: IrcLine): void {
    const asked = (line.text ?? line.parameters?.slice(1).join(' ') ?? '').split(' ');
    const list = asked.filter((name) => name !== '');
    switch (line.parameters?.[0]?.toUpperCase()) {
      case 'REQ': {
        const granted = list.every((name) => known.has(name));
        if (granted) for (const name of list) this.session.capabilities.add(name);
        this.capabilityAnswer(granted ? 'ACK' : 'NAK', list);
        return;
      }
      case 'LS':
        this.capabilityAnswer('LS', [...known]);
        return;
      default:
    }
  }

  /** `PASS oauth:…` */
  pass(line: IrcLine): void {
    this.password = line.text ?? line.parameters?.[0];
  }

  /** `NICK …`: with it the login is decided. */
  nick(line: IrcLine): void {
    if (this.over) return;
    const login = (line.text ?? line.parameters?.[0] ?? '').toLowerCase();
    const reason = this.world.faults.takeLoginRefusal() ?? this.judge(login);
    if (reason === undefined) this.welcome(login);
    else this.refuse(login, reason);
  }

  private judge(login: string): LoginNotice | undefined {
    if (!/^[a-z0-9_]{1,25}$/.test(login)) return 'Invalid NICK';
    if (!this.world.limiter.admit(`login ${login}`, this.world.limits.logins)) {
      return 'Login unsuccessful';
    }
    if (isAnonymous(login)) return undefined;
    const token = /^oauth:(\S+)$/.exec(this.password ?? '')?.[1];
    if (token === undefined) return 'Improperly formatted auth';
    const owner = this.world.tokenOwner(token);
    if (owner === undefined) return 'Login authentication failed';
    if (owner.account === undefined) return 'Login unsuccessful';
    const fits = owner.account.login === login && owner.scopes.includes('chat:read');
    if (!fits) return 'Login authentication failed';
    this.session.account = owner.account;
    this.session.canSend = owner.scopes.includes('chat:edit');
    return undefined;
  }

  private refuse(login: string, reason: string): void {
    this.over = true;
    this.session.send({ command: 'NOTICE', parameters: ['*'], text: reason });
    this.world.hub.emit('loginRefused', { login, reason });
    if (this.world.faults.closesAfterRefusal) this.session.close();
  }

  private welcome(login: string): void {
    this.over = true;
    this.session.login = login;
    const reply = (command: string, text: string): IrcLine => {
      return { command, parameters: [login], text };
    };
    const { account } = this.session;
    this.session.send(
      reply('001', 'Welcome, GLHF!'),
      reply('002', 'Your host is tmi.twitch.tv'),
      reply('003', 'This server is rather new'),
      reply('004', '-'),
      reply('375', '-'),
      reply('372', 'You are in a maze of twisty passages, all alike.'),
      reply('376', '>'),
      ...(account === undefined ? [] : [globalUserState(account)]),
    );
    this.world.hub.emit('login', { login, session: this.session });
  }

  private capabilityAnswer(verb: string, list: readonly string[]): void {
    this.session.send({ command: 'CAP', parameters: ['*', verb], text: list.join(' ') });
  }
}

/** Whether that is a reader without an account, such as `justinfan123`. */
export function isAnonymous(login: string): boolean {
  return /^justinfan\d+$/.test(login);
}
