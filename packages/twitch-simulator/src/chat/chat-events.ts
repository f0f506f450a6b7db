import type { ChatSession } from './chat-session.js';
import type { Role } from './chatter.js';
import type { IrcLine, Tags } from './irc-line.js';

/** A message that a client sent and Twitch would have shown. */
export interface SentMessage {
  /** The message's id, as the others in the channel see it. */
  readonly id: string;
  /** Without `#`. */
  readonly channel: string;
  readonly login: string;
  /** Without the wrapper of an action. */
  readonly text: string;
  /** Whether it was sent with /me. */
  readonly action: boolean;
  /** Id of the message that it answers. */
  readonly replyTo: string | undefined;
  readonly clientNonce: string | undefined;
  /** The tags that the client sent along. */
  readonly tags: Tags;
  /** The line as it came. */
  readonly raw: string;
  /** Milliseconds on the simulator's clock. */
  readonly at: number;
}

/** A message that was not shown. */
export interface DroppedMessage {
  readonly channel: string;
  readonly login: string;
  readonly text: string;
  readonly reason:
    | 'rate'
    | 'duplicate'
    | 'too-long'
    | 'empty'
    | 'no-scope'
    | 'anonymous'
    | 'banned'
    | 'suspended'
    | 'refused';
}

/** Somebody came to a channel or left it. */
export interface Membership {
  readonly channel: string;
  readonly login: string;
  readonly session: ChatSession;
}

/** What happens on the chat side. */
export interface ChatEvents {
  /** A WebSocket is open; nobody has logged in yet. */
  connect: { readonly session: ChatSession };
  /** Somebody has logged in. */
  login: { readonly login: string; readonly session: ChatSession };
  /** A login was refused with this notice. */
  loginRefused: { readonly login: string; readonly reason: string };
  join: Membership;
  /** A JOIN was refused, or dropped in silence. */
  joinRefused: { readonly channel: string; readonly login: string; readonly reason: string };
  part: Membership;
  message: SentMessage;
  /** A channel was told something: a message of whomever, a notice, a deletion, its settings. */
  shown: { readonly channel: string; readonly line: IrcLine };
  /** Somebody is something else in a channel than before. */
  roles: {
    readonly channel: string;
    readonly login: string;
    readonly before: readonly Role[];
    readonly after: readonly Role[];
  };
  /** Somebody wrote to somebody in private. */
  whispered: { readonly to: string; readonly line: IrcLine };
  dropped: DroppedMessage;
  /** Text that Twitch takes for a slash command, such as `/ban somebody`. */
  command: { readonly channel: string; readonly login: string; readonly text: string };
  /** The client answered the server's PING. */
  pong: { readonly session: ChatSession };
  /** The client sent a PING of its own. */
  ping: { readonly session: ChatSession };
  /** A line arrived, of whatever kind; a password in it is hidden. */
  line: { readonly line: string; readonly session: ChatSession };
  /** A connection is over. */
  disconnect: {
    readonly login: string | undefined;
    readonly code: number;
    readonly session: ChatSession;
  };
}
