import type {
  AdditionOutcome,
  BotReport,
  FileFault,
  LogEntry,
  LoginOutcome,
  LoginReport,
  OwnerOutcome,
} from '@pertybot/core/host';
import type { PageRole } from '../auth/role.js';

/** Somebody in chat, as the page shows him. */
export interface FeedUser {
  readonly login: string;
  readonly name: string;
  /** `#rrggbb`, when chosen. */
  readonly color?: string | undefined;
  /** Roles beside `everyone`. */
  readonly roles: readonly string[];
}

/** Something that happened, as the page shows it. */
export type FeedEvent =
  | {
      readonly type: 'message';
      readonly id: string;
      readonly channel: string;
      readonly user: FeedUser;
      readonly text: string;
      readonly action: boolean;
      readonly bits: number;
      readonly replyTo?: { readonly name: string; readonly text: string } | undefined;
    }
  | {
      readonly type: 'reply';
      readonly channel: string;
      readonly text: string;
      readonly replyTo?: string | undefined;
      /** Why it was not said. */
      readonly dropped?: string | undefined;
    }
  | {
      readonly type: 'command';
      readonly command: string;
      readonly plugin: string;
      readonly user: FeedUser;
      readonly messageId: string;
      /** Milliseconds. */
      readonly took: number;
    }
  | {
      readonly type: 'refusal';
      readonly reason: string;
      readonly command: string;
      readonly user: FeedUser;
      readonly messageId: string;
      readonly text?: string | undefined;
      readonly retryAfter?: number | undefined;
    }
  /** Cheers, redemptions, raids and whatever else happens in a channel. */
  | {
      readonly type: 'event';
      readonly name: string;
      readonly user?: FeedUser | undefined;
      /** What was told with it, by name. */
      readonly facts: Readonly<Record<string, string | number | boolean>>;
    }
  | {
      readonly type: 'pin';
      readonly gadget: string;
      readonly pin: string;
      readonly on: boolean;
      readonly dryRun?: boolean | undefined;
    }
  | {
      readonly type: 'gadget';
      readonly gadget: string;
      readonly event: string;
      readonly state: string;
    }
  | {
      readonly type: 'plugin';
      readonly plugin: string;
      readonly state: string;
      readonly detail?: string | undefined;
    }
  | { readonly type: 'estop'; readonly engaged: boolean; readonly by?: string | undefined }
  | {
      readonly type: 'fault';
      readonly plugin: string;
      readonly where: string;
      readonly text: string;
    };

/** A {@link FeedEvent} in its place. */
export type Fed = FeedEvent & {
  /** Counted from 1 since the page began. */
  readonly number: number;
  /** Milliseconds since 1970. */
  readonly at: number;
};

/** An output with the time at which it goes off, instead of what is left of it. */
export type PageOutput = Omit<BotReport['outputs'][number], 'onTimeLeft'> & {
  /** Milliseconds since 1970, by the bot's clock. */
  readonly offAt?: number | undefined;
};

/** How the bot does, as the page has it. */
export type PageReport = Omit<BotReport, 'outputs'> & { readonly outputs: readonly PageOutput[] };

/** What a stream tells: an event of server-sent events, by its name. */
export interface StreamEvents {
  /** Begins each stream. `whole`: what came before is not to be kept. */
  readonly hello: {
    readonly role: PageRole;
    readonly whole: boolean;
    /** The bot's clock, milliseconds since 1970. */
    readonly now: number;
  };
  readonly feed: readonly Fed[];
  readonly report: Partial<PageReport>;
  readonly log: readonly LogEntry[];
  /** Nothing new. */
  readonly beat: Readonly<Record<string, never>>;
}

/** Who one is, and what there is. */
export interface Me {
  readonly role: PageRole | undefined;
  /** Why one is not more than that; absent where one is all that one could be. */
  readonly limited?: string | undefined;
  /** Lines that `dev` takes; absent where Twitch is the true one. */
  readonly rehearsal?: readonly string[] | undefined;
  readonly pages: readonly { readonly path: string; readonly title: string }[];
}

/** The answer to a wish. */
export type Answer = OwnerOutcome;

/** The text of plugins.yaml with its faults. */
export interface BotFileAnswer {
  readonly text: string;
  readonly faults: readonly FileFault[];
}

/** The answer to the wish for a plugin. */
export type AddedAnswer = AdditionOutcome;

/** The answer to the wish for a login. */
export type LoginAnswer = LoginOutcome;

/** How the accounts are logged in. */
export interface LoginsAnswer {
  readonly logins: readonly LoginReport[];
}

/** Lets somebody in, once. */
export interface Invitation {
  readonly link: string;
  /** Whether it leads to this machine alone. */
  readonly isHere: boolean;
}
