import { randomUUID } from 'node:crypto';
import type { Account } from '../people.js';
import type { SentMessage } from './chat-events.js';
import type { ChatSession } from './chat-session.js';
import type { ChatWorld } from './chat-world.js';
import type { IrcLine } from './irc-line.js';
import { channelNotice } from './join-handler.js';
import { judgeMessage } from './message-judge.js';
import { messageLine } from './message-line.js';
import type { Room } from './rooms.js';
import { userState } from './state-lines.js';

/** Takes what clients send to channels: `PRIVMSG #channel :text`. */
export class MessageHandler {
  constructor(private readonly world: ChatWorld) {}

  /** Shows a message to the others, refuses it, or drops it in silence. */
  handle(session: ChatSession, login: string, line: IrcLine, raw: string): void {
    const target = line.parameters?.[0] ?? '';
    if (!/^#[a-z0-9_]{1,25}$/.test(target)) return;
    const room = this.world.rooms.room(target);
    const text = line.text ?? '';
    const spoken = unwrap(text);
    const { account } = session;
    if (account !== undefined && session.canSend && spoken.kind === 'command') {
      this.command(session, room, account, text);
      return;
    }
    const verdict = judgeMessage(this.world, session, room, text);
    if (verdict !== undefined || account === undefined) {
      if (verdict?.msgId !== undefined) session.send(channelNotice(room, verdict.msgId));
      const reason = verdict?.reason ?? 'anonymous';
      this.world.hub.emit('dropped', { channel: room.name, login, text, reason });
      return;
    }
    this.show(session, room, account, {
      id: randomUUID(),
      channel: room.name,
      login,
      text: spoken.text,
      action: spoken.kind === 'action',
      replyTo: line.tags?.['reply-parent-msg-id'],
      clientNonce: line.tags?.['client-nonce'],
      tags: line.tags ?? {},
      raw,
      at: this.world.now(),
    });
  }

  private show(session: ChatSession, room: Room, account: Account, message: SentMessage): void {
    session.send(userState(room, account, message));
    const { text, action, id, replyTo } = message;
    const as = { ...account, roles: room.roles.get(account.login) ?? [] };
    const line = messageLine(this.world, { channel: room.name, as, text, action, id, replyTo });
    for (const other of this.world.sessions) {
      if (other !== session && other.channels.has(room.name)) other.send(line);
    }
    this.world.received.add(message);
    this.world.hub.emit('message', message);
    this.world.hub.emit('shown', { channel: room.name, line });
  }

  private command(session: ChatSession, room: Room, account: Account, text: string): void {
    this.world.hub.emit('command', { channel: room.name, login: account.login, text });
    if (/^[/.]disconnect\b/i.test(text)) session.close();
    else session.send(channelNotice(room, 'unrecognized_cmd', `Unrecognized command: ${text}`));
  }
}

/** What Twitch makes of a text: plain words, an action, or a slash command. */
function unwrap(text: string): { kind: 'plain' | 'action' | 'command'; text: string } {
  const opening = '\u0001ACTION ';
  if (text.startsWith(opening)) {
    return { kind: 'action', text: text.slice(opening.length).replaceAll('\u0001', '') };
  }
  const slashed = /^[/.]me +(.*)$/is.exec(text)?.[1];
  if (slashed !== undefined) return { kind: 'action', text: slashed };
  return { kind: /^[/.][a-z]/i.test(text) ? 'command' : 'plain', text };
}
