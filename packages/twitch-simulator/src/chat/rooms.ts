import { type People, toLogin } from '../people.js';
import type { Role } from './chatter.js';

/** Why nobody, or one login, gets into a channel. `silent` answers nothing at all. */
export type JoinRefusal =
  | 'msg_banned'
  | 'msg_channel_suspended'
  | 'msg_room_not_found'
  | 'tos_ban'
  | 'silent';

/** The settings of a channel's chat, by the names of their tags. */
export interface RoomState {
  readonly 'emote-only'?: string;
  /** Minutes; `-1` is off. */
  readonly 'followers-only'?: string;
  readonly r9k?: string;
  /** Seconds. */
  readonly slow?: string;
  readonly 'subs-only'?: string;
}

/** A channel's chat. */
export interface Room {
  /** Without `#`. */
  readonly name: string;
  /** The broadcaster's user id. */
  readonly id: string;
  state: RoomState;
  readonly roles: Map<string, readonly Role[]>;
  /** Refusals by login; `*` is for everybody. */
  readonly refusals: Map<string, JoinRefusal>;
}

/** The channels; each exists as soon as somebody names it. */
export class Rooms {
  private readonly byName = new Map<string, Room>();

  constructor(private readonly people: People) {}

  /** The room of that channel, with or without `#`. */
  room(channel: string): Room {
    const name = toLogin(channel);
    const known = this.byName.get(name);
    if (known !== undefined) return known;
    const room: Room = {
      name,
      id: this.people.someone({ login: name }).id,
      state: { 'emote-only': '0', 'followers-only': '-1', r9k: '0', slow: '0', 'subs-only': '0' },
      roles: new Map(),
      refusals: new Map(),
    };
    this.byName.set(name, room);
    return room;
  }

  /** What keeps that login out of the room, if anything. */
  refusal(room: Room, login: string): JoinRefusal | undefined {
    return room.refusals.get('*') ?? room.refusals.get(login);
  }
}
