import type { PluginState, RefusalReason, Role } from '@pertybot/core';

/** An output as `ready` lists it. */
export interface DevOutput {
  readonly gadget: string;
  /** Such as `GPIO17`. */
  readonly pin: string;
  /** Level at the pin. */
  readonly level: 0 | 1;
  /** What the level means for the gadget. */
  readonly on: boolean;
}

/** Every plugin has started, waits for something, or failed. */
export interface ReadyEvent {
  readonly type: 'ready';
  /** Login of the bot's account. */
  readonly bot: string;
  readonly channels: readonly string[];
  readonly plugins: readonly { readonly id: string; readonly state: PluginState['name'] }[];
  /** Names of the chat commands. */
  readonly commands: readonly string[];
  readonly outputs: readonly DevOutput[];
}

/** Somebody wrote in chat. */
export interface MessageEvent {
  readonly type: 'message';
  readonly id: string;
  readonly channel: string;
  /** Login of whoever wrote it. */
  readonly user: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly text: string;
}

/** The bot wrote in chat, as Twitch received it. */
interface ReplyEvent {
  readonly type: 'reply';
  readonly channel: string;
  readonly text: string;
  /** Id of the message that it answers. */
  readonly replyTo?: string | undefined;
}

/** A command, or what it asked for, was refused. */
export interface RefusalEvent {
  readonly type: 'refusal';
  readonly reason: RefusalReason;
  readonly command: string;
  readonly user: string;
  readonly channel: string;
  readonly messageId: string;
  /** Milliseconds until it would be allowed. */
  readonly retryAfter?: number | undefined;
  readonly text?: string | undefined;
}

/** A pin changed. */
interface PinEvent extends DevOutput {
  readonly type: 'pin';
}

/** A plugin changed its state. */
export interface PluginEvent {
  readonly type: 'plugin';
  readonly plugin: string;
  readonly state: PluginState['name'];
  /** What it waits for. */
  readonly reason?: string | undefined;
  /** Why it failed. */
  readonly error?: string | undefined;
  /** What mends that. */
  readonly hint?: string | undefined;
}

/** The bot has stopped, and every pin is off. */
interface StoppedEvent {
  readonly type: 'stopped';
}

/** Something that `pertybot dev` shows; with `--json` each is a line of stdout. */
export type DevEvent =
  | ReadyEvent
  | MessageEvent
  | ReplyEvent
  | RefusalEvent
  | PinEvent
  | PluginEvent
  | StoppedEvent;

/** Shows what happens in `pertybot dev`. */
export interface DevView {
  show(event: DevEvent, at: Date): void;
}
