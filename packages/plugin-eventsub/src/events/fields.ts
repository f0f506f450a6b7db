import { type ChatUser, type Role, roles } from '@pertybot/core';
import type { ChannelName } from '@pertybot/core/host';

/** Thrown where an event lacks what it cannot do without; the event is dropped. */
export class MalformedEvent extends Error {}

const everyone: readonly Role[] = ['everyone'];

/** Reads an object of Twitch's: takes what it knows, leaves the rest. */
export class Fields {
  private readonly values: Readonly<Record<string, unknown>>;

  /** @param place what it is called in complaints */
  constructor(
    value: unknown,
    private readonly place = 'event',
  ) {
    if (typeof value !== 'object' || value === null) throw new MalformedEvent(`no "${place}"`);
    this.values = value as Readonly<Record<string, unknown>>;
  }

  /** @throws MalformedEvent when it is no text */
  text(name: string): string {
    const value = this.values[name];
    if (typeof value === 'string') return value;
    throw new MalformedEvent(`no "${name}" in "${this.place}"`);
  }

  /** Undefined for what is missing, null or no text. */
  optionalText(name: string): string | undefined {
    const value = this.values[name];
    return typeof value === 'string' ? value : undefined;
  }

  /** @throws MalformedEvent when it is no number */
  number(name: string): number {
    const value = this.values[name];
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number === 'number' && Number.isFinite(number)) return number;
    throw new MalformedEvent(`no number "${name}" in "${this.place}"`);
  }

  /** 0 for what is missing, null or no number. */
  count(name: string): number {
    const value = this.values[name];
    return typeof value === 'number' && Number.isFinite(value) ? value : 0;
  }

  flag(name: string): boolean {
    return this.values[name] === true;
  }

  /** Milliseconds since 1970 of a time with any number of digits behind the second. */
  time(name: string): number {
    const time = Date.parse(this.text(name));
    if (Number.isNaN(time)) throw new MalformedEvent(`no time "${name}" in "${this.place}"`);
    return time;
  }

  /** @throws MalformedEvent when there is none */
  object(name: string): Fields {
    return new Fields(this.values[name], name);
  }

  /** Undefined for what is missing, null or no object. */
  optionalObject(name: string): Fields | undefined {
    const value = this.values[name];
    return typeof value === 'object' && value !== null ? new Fields(value, name) : undefined;
  }

  /** Empty for what is missing or no list. */
  list(name: string): readonly Fields[] {
    const value = this.values[name];
    return Array.isArray(value) ? value.map((each) => new Fields(each, name)) : [];
  }

  /** A channel from its id, login and name, such as those that begin with `to_broadcaster_user_`. */
  channel(prefix: string): ChannelName {
    const login = this.text(`${prefix}login`).toLowerCase();
    return {
      id: this.text(`${prefix}id`),
      login,
      displayName: this.optionalText(`${prefix}name`)?.trim() || login,
    };
  }

  /** Whoever did it. Of roles EventSub tells nothing, but who owns the channel can be seen. */
  user(): ChatUser {
    const { id, login, displayName } = this.channel('user_');
    const owner =
      this.optionalText('broadcaster_user_id') ?? this.optionalText('broadcaster_id') ?? '';
    const held = id === owner ? roles : everyone;
    return { id, login, displayName, roles: held, badges: {}, monthsSubscribed: 0 };
  }
}
