import type { ChatSession } from './chat-session.js';
import type { ChatWorld } from './chat-world.js';
import type { IrcLine } from './irc-line.js';
import { noticeText } from './notices.js';
import type { Room } from './rooms.js';
import { roomState, userState } from './state-lines.js';

/** Lets clients into channels and out again. */
export class JoinHandler {
  constructor(private readonly world: ChatWorld) {}

  /** `JOIN #one,#two` */
  join(session: ChatSession, login: string, line: IrcLine): void {
    for (const channel of channelsOf(line)) {
      const reason = this.refuse(session, login, channel);
      if (reason === undefined) this.enter(session, login, this.world.rooms.room(channel));
      else this.world.hub.emit('joinRefused', { channel, login, reason });
    }
  }

  /** `PART #one,#two` */
  part(session: ChatSession, login: string, line: IrcLine): void {
    for (const channel of channelsOf(line)) {
      if (!session.channels.delete(channel)) continue;
      const left: IrcLine = {
        prefix: userPrefix(login),
        command: 'PART',
        parameters: [`#${channel}`],
      };
      session.send(left);
      this.tellMembers(session, channel, left);
      this.world.hub.emit('part', { channel, login, session });
    }
  }

  /** Why that client does not get into that channel; Twitch's notice is sent along. */
  private refuse(session: ChatSession, login: string, channel: string): string | undefined {
    if (!/^[a-z0-9_]{1,25}$/.test(channel)) return 'no channel name';
    if (!this.world.limiter.admit(`join ${login}`, this.world.limits.joins)) return 'rate';
    const room = this.world.rooms.room(channel);
    const refusal = this.world.rooms.refusal(room, login);
    if (refusal !== undefined && refusal !== 'silent') session.send(channelNotice(room, refusal));
    return refusal;
  }

  private enter(session: ChatSession, login: string, room: Room): void {
    session.channels.add(room.name);
    const target = `#${room.name}`;
    const prefix = `${login}.tmi.twitch.tv`;
    const { account } = session;
    const came: IrcLine = { prefix: userPrefix(login), command: 'JOIN', parameters: [target] };
    session.send(
      came,
      { prefix, command: '353', parameters: [login, '=', target], text: login },
      { prefix, command: '366', parameters: [login, target], text: 'End of /NAMES list' },
      ...(account === undefined ? [] : [userState(room, account)]),
      roomState(room),
    );
    this.tellMembers(session, room.name, came);
    this.world.hub.emit('join', { channel: room.name, login, session });
  }

  private tellMembers(session: ChatSession, channel: string, line: IrcLine): void {
    for (const other of this.world.sessions) {
      const wants = other.capabilities.has('twitch.tv/membership') && other.channels.has(channel);
      if (other !== session && wants) other.send(line);
    }
  }
}

/** `login!login@login.tmi.twitch.tv` */
export function userPrefix(login: string): string {
  return `${login}!${login}@${login}.tmi.twitch.tv`;
}

/** A notice to a channel. @param text defaults to Twitch's words for that msg-id */
export function channelNotice(room: Room, msgId: string, text?: string): IrcLine {
  return {
    command: 'NOTICE',
    parameters: [`#${room.name}`],
    tags: { 'msg-id': msgId },
    text: text ?? noticeText(msgId, room.name),
  };
}

/** The channels that a line names, without `#`; Twitch ignores names in capitals. */
function channelsOf(line: IrcLine): readonly string[] {
  const list = line.parameters?.[0] ?? line.text ?? '';
  return list.split(',').flatMap((name) => (name.startsWith('#') ? [name.slice(1)] : []));
}
