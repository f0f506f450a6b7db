import type {
  AdditionOutcome,
  BotReport,
  FileFault,
  GadgetReport,
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
  /** Badges by name, such as `subscriber`, with their versions, such as `12`. */
  readonly badges: Readonly<Record<string, string>>;
}

/** Who or what something came from, where that is known. */
export interface FeedCause {
  /** Login of a viewer, or a word such as `raid`, `bell` or `the guard`. */
  readonly by?: string | undefined;
  /** The message that asked for it. */
  readonly messageId?: string | undefined;
  /** Name of the reward that was redeemed for it. */
  readonly reward?: string | undefined;
  /** The event that set it off. */
  readonly event?: string | undefined;
}

/** A redemption that something was done or refused for. */
export interface FeedRedemption {
  readonly id: string;
  /** Name of the reward. */
  readonly reward: string;
  readonly title: string;
  readonly cost: number;
}

/** A choice of a poll or a prediction. */
export interface FeedChoice {
  readonly title: string;
  readonly votes: number;
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
      /** Where emotes stand in the text: index of the first character, and behind the last. */
      readonly emotes?: readonly (readonly [start: number, end: number])[] | undefined;
      /** Whether a reward was redeemed with it. */
      readonly forReward?: boolean | undefined;
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
      readonly redemption?: FeedRedemption | undefined;
    }
  | {
      readonly type: 'refusal';
      readonly reason: string;
      readonly command: string;
      readonly user: FeedUser;
      readonly messageId: string;
      readonly text?: string | undefined;
      readonly retryAfter?: number | undefined;
      readonly redemption?: FeedRedemption | undefined;
    }
  /** What an event of the channel set off, or why it set nothing off. */
  | {
      readonly type: 'reaction';
      readonly event: string;
      readonly plugin: string;
      readonly user?: FeedUser | undefined;
      readonly did?: string | undefined;
      /** Why it set nothing off. */
      readonly text?: string | undefined;
    }
  /** Cheers, redemptions, raids and whatever else happens in a channel. */
  | {
      readonly type: 'event';
      readonly name: string;
      readonly user?: FeedUser | undefined;
      /** What was told with it, by name. */
      readonly facts: Readonly<Record<string, string | number | boolean>>;
      readonly choices?: readonly FeedChoice[] | undefined;
    }
  | {
      readonly type: 'pin';
      readonly gadget: string;
      readonly pin: string;
      readonly on: boolean;
      readonly dryRun?: boolean | undefined;
      readonly cause?: FeedCause | undefined;
    }
  | {
      readonly type: 'gadget';
      readonly gadget: string;
      readonly event: string;
      readonly state: string;
      readonly cause?: FeedCause | undefined;
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
      readonly messageId?: string | undefined;
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

/** A gadget whose vote has the time at which it is decided. */
export type PageGadget = Omit<GadgetReport, 'ballot'> & {
  readonly ballot?:
    | (Omit<NonNullable<GadgetReport['ballot']>, 'closesIn'> & {
        /** Milliseconds since 1970, by the bot's clock. */
        readonly closesAt: number;
      })
    | undefined;
};

/** How the bot does, as the page has it. */
export type PageReport = Omit<BotReport, 'outputs' | 'gadgets'> & {
  readonly outputs: readonly PageOutput[];
  readonly gadgets: readonly PageGadget[];
};

/** How often something happened in each minute of the last hour, the oldest first, this one last. */
export interface HourReport {
  readonly messages: readonly number[];
  readonly commands: readonly number[];
  readonly refusals: readonly number[];
  /** Seconds for which each output was on, by its pin. */
  readonly timeOn: readonly {
    readonly pin: string;
    readonly gadget: string;
    readonly seconds: readonly number[];
  }[];
}

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
  readonly hour: HourReport;
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

/** A gadget with what one must know to wire it; of its keys only those that cannot be secret. */
export interface WiredGadget {
  readonly name: string;
  readonly type: string;
  /** Pins by key, such as `pin` or `red`, as they are written. */
  readonly pins: Readonly<Record<string, string>>;
  readonly activeLow?: boolean | undefined;
  readonly pull?: string | undefined;
  readonly source?: string | undefined;
  readonly tones?: boolean | undefined;
}

/** The text of plugins.yaml with its faults. */
export interface BotFileAnswer {
  readonly text: string;
  readonly faults: readonly FileFault[];
}

/** The answers to the wishes for a plugin and for a login. */
export type { AdditionOutcome, LoginOutcome };

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
