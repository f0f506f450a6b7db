import { setTimeout as sleep } from 'node:timers/promises';
import type { EventHub, Listener, Undo } from '../event-hub.js';
import { toLogin } from '../people.js';
import type { ChatEvents, SentMessage } from './chat-events.js';
import type { ChatFaults } from './chat-faults.js';
import { type ChatOptions, toLimits } from './chat-options.js';
import type { ChatSession } from './chat-session.js';
import type { ChatWorld } from './chat-world.js';
import type { Role } from './chatter.js';
import { formatLine, type IrcLine } from './irc-line.js';
import { channelNotice } from './join-handler.js';
import { messageLine, type SayOptions } from './message-line.js';
import {
  type ClearchatOptions,
  type ClearmsgOptions,
  clearchatLine,
  clearmsgLine,
  whisperLine,
} from './moderation-lines.js';
import { type Posted, type PostOptions, postMessage } from './post-message.js';
import type { JoinRefusal, RoomState } from './rooms.js';
import { roomState, userState } from './state-lines.js';
import { type UsernoticeOptions, usernoticeLine } from './usernotice-line.js';

/** How a flood of messages is sent. */
export interface FloodOptions {
  readonly channel: string;
  readonly count: number;
  /** Messages a second. */
  readonly perSecond: number;
  /** Lines in each WebSocket frame. @default 1 */
  readonly perFrame?: number;
  /** @default 'message N' */
  readonly text?: (index: number) => string;
}

/** The chat side of the simulated Twitch, as tests and `pertybot dev` steer it. */
export class TwitchChat {
  /** Lets the chat side go wrong. */
  readonly faults: ChatFaults;

  constructor(private readonly world: ChatWorld) {
    this.faults = world.faults;
  }

  /** Calls `listener` on each `event` from now on; returns the undo. */
  on<Name extends keyof ChatEvents>(event: Name, listener: Listener<ChatEvents[Name]>): Undo {
    return this.world.hub.on(event, listener);
  }

  /** The first such event from now on. @see EventHub.waitFor */
  waitFor: EventHub<ChatEvents>['waitFor'] = (event, accept, timeout) =>
    this.world.hub.waitFor(event, accept, timeout);

  /** Waits until a condition holds; it is asked now and after every event. @see EventHub.until */
  until(condition: () => boolean, timeout?: number): Promise<void> {
    return this.world.hub.until(condition, timeout);
  }

  /** The connections that are open now, without those that a fault made deaf. */
  get sessions(): readonly ChatSession[] {
    return [...this.world.sessions].filter((session) => session.open && !session.deaf);
  }

  /** The messages that clients sent and Twitch would have shown (the last few thousand). */
  get messages(): readonly SentMessage[] {
    return this.world.received.all;
  }

  /** Whether anybody, or that login, is in the channel. */
  joined(channel: string, login?: string): boolean {
    const members = this.members(channel);
    return login === undefined ? members.length > 0 : members.includes(toLogin(login));
  }

  /** The logins of the connections that are in the channel. */
  members(channel: string): readonly string[] {
    return this.inside(toLogin(channel)).flatMap((session) => session.login ?? []);
  }

  /** @internal whether a message of that channel can be answered */
  remembers(channel: string, id: string): boolean {
    return this.world.recent.find(id)?.channel === toLogin(channel);
  }

  /** Somebody writes in a channel. */
  say(options: SayOptions): { readonly id: string } {
    const line = messageLine(this.world, options);
    this.tell(options.channel, line);
    return { id: line.tags?.id ?? '' };
  }

  /**
   * Somebody's application writes for them, as over the API: it counts as sent by a client.
   * @returns the message's id, or why Twitch did not show it
   */
  post(options: PostOptions): Posted {
    return postMessage(this.world, options, (channel, line) => this.tell(channel, line));
  }

  /** The line that {@link say} would send, without its CR LF, for frames of one's own. */
  line(options: SayOptions): string {
    return formatLine(messageLine(this.world, options));
  }

  /** Something happens in a channel: a subscription, a raid, an announcement, the unheard-of. */
  usernotice(options: UsernoticeOptions): { readonly id: string } {
    const line = usernoticeLine(this.world, options);
    this.tell(options.channel, line);
    return { id: line.tags?.id ?? '' };
  }

  /** A chat is cleared, or somebody timed out or banned. */
  clearchat(options: ClearchatOptions): void {
    this.tell(options.channel, clearchatLine(this.world, options));
  }

  /** A message is deleted. */
  clearmsg(options: ClearmsgOptions): void {
    this.tell(options.channel, clearmsgLine(this.world, options));
  }

  /** The server says something to a channel. @param options text defaults to Twitch's words */
  notice(options: {
    readonly channel: string;
    readonly msgId: string;
    readonly text?: string;
  }): void {
    const room = this.world.rooms.room(options.channel);
    this.tell(options.channel, channelNotice(room, options.msgId, options.text));
  }

  /** Settings of a channel change; only the changed ones are sent. */
  roomstate(options: { readonly channel: string } & RoomState): void {
    const { channel, ...changed } = options;
    const room = this.world.rooms.room(channel);
    room.state = { ...room.state, ...changed };
    this.tell(channel, roomState(room, changed));
  }

  /** Somebody writes to somebody who is logged in, in private. */
  whisper(options: { readonly from: string; readonly to: string; readonly text: string }): void {
    const line = whisperLine(this.world, options);
    this.world.hub.emit('whispered', { to: toLogin(options.to), line });
    for (const session of this.sessions) {
      if (session.login === toLogin(options.to)) session.send(line);
    }
  }

  /** Makes a login what it is in a channel, and tells it so if it is there. */
  setRoles(channel: string, login: string, roles: readonly Role[]): void {
    const room = this.world.rooms.room(channel);
    const before = room.roles.get(toLogin(login)) ?? [];
    room.roles.set(toLogin(login), roles);
    this.world.hub.emit('roles', {
      channel: room.name,
      login: toLogin(login),
      before,
      after: roles,
    });
    for (const session of this.inside(room.name)) {
      const { account } = session;
      if (account?.login === toLogin(login)) session.send(userState(room, account));
    }
  }

  /**
   * Nobody (or not that login) gets into the channel any more. Who is inside stays, but what they
   * write is refused.
   */
  refuseJoins(channel: string, why: JoinRefusal, login = '*'): void {
    this.world.rooms.room(channel).refusals.set(login === '*' ? login : toLogin(login), why);
  }

  /** Everybody gets into the channel again. */
  allowJoins(channel: string): void {
    this.world.rooms.room(channel).refusals.clear();
  }

  /** Changes which limits hold. */
  limit(limits: ChatOptions['limits']): void {
    this.world.limits = toLimits(limits);
  }

  /** The server asks every client whether it is there. */
  ping(): void {
    for (const session of this.sessions) session.frame('PING :tmi.twitch.tv\r\n');
  }

  /** Sends a line exactly as it is, in a frame of its own, to everybody. */
  raw(line: string): void {
    this.frames([line], 1);
  }

  /** Sends lines exactly as they are, so many in a frame, to everybody. */
  frames(lines: readonly string[], perFrame: number): void {
    for (let start = 0; start < lines.length; start += perFrame) {
      const frame = lines.slice(start, start + perFrame).map((line) => `${line}\r\n`);
      for (const session of this.sessions) session.frame(frame.join(''));
    }
  }

  /** Sends many messages by many viewers at a steady pace; resolves when all are sent. */
  async flood(options: FloodOptions): Promise<void> {
    const { channel, count, perSecond, perFrame = 1 } = options;
    const text = options.text ?? ((index: number) => `message ${index}`);
    const started = performance.now();
    let sent = 0;
    while (sent < count) {
      const due = Math.min(count, Math.ceil(((performance.now() - started) / 1000) * perSecond));
      const lines: string[] = [];
      for (; sent < due; sent += 1) {
        lines.push(this.line({ channel, as: { login: `viewer${sent % 500}` }, text: text(sent) }));
      }
      for (let start = 0; start < lines.length; start += perFrame) {
        const frame = `${lines.slice(start, start + perFrame).join('\r\n')}\r\n`;
        for (const session of this.inside(toLogin(channel))) session.frame(frame);
      }
      if (sent < count) await sleep(1);
    }
  }

  private tell(channel: string, line: IrcLine): void {
    const twice = this.world.faults.takeDuplicate();
    for (const session of this.inside(toLogin(channel))) {
      session.send(line);
      if (twice) session.send(line);
    }
    this.world.hub.emit('shown', { channel: toLogin(channel), line });
  }

  private inside(channel: string): readonly ChatSession[] {
    return this.sessions.filter((session) => session.channels.has(channel));
  }
}
