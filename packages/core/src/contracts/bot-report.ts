/** How a vote about a gadget stands. */
export interface Ballot {
  /** `vote` or `random`. */
  readonly policy: string;
  /** Milliseconds until it is decided. */
  readonly closesIn: number;
  /** Viewers who voted. */
  readonly voters: number;
  /** The most wanted first. */
  readonly choices: readonly { readonly line: string; readonly votes: number }[];
}

/** A gadget, as {@link BotReport} has it. */
export interface GadgetReport {
  readonly name: string;
  readonly type: string;
  /** Such as `on`, `purple` or `at 90°`. */
  readonly state: string;
  readonly busy: boolean;
  /** Verbs that wait for their turn. */
  readonly waiting: number;
  /** How a vote about it stands, while one goes on. */
  readonly ballot?: Ballot | undefined;
  readonly pins: readonly string[];
  readonly usage: string;
  /** The machine that its pins are on; absent where they are here. */
  readonly node?: string | undefined;
  /** Why it can do nothing now, such as a machine that is away. */
  readonly away?: string | undefined;
  readonly verbs: readonly {
    readonly name: string;
    readonly about: string;
    readonly value?: string | undefined;
  }[];
}

/** An output, as {@link BotReport} has it. */
export interface OutputReport {
  readonly gadget: string;
  readonly kind: string;
  readonly pin: string;
  readonly on: boolean;
  readonly level: 0 | 1;
  /** Milliseconds until it goes off by itself. */
  readonly onTimeLeft?: number | undefined;
  /** Longest time that it may be on, milliseconds. */
  readonly maxOn?: number | undefined;
  /** Share of the time for which it is on while it is on, 0 to 1. */
  readonly share?: number | undefined;
  readonly dryRun?: boolean | undefined;
  /** Why it may be on though it should be off. */
  readonly fault?: string | undefined;
  readonly unguarded?: boolean | undefined;
}

/** A machine with gadgets of the bot, as {@link BotReport} has it. */
export interface NodeReport {
  readonly name: string;
  /** `here`, `held` by another bot, `away`, or `unknown` where nothing was ever heard of it. */
  readonly state: string;
  readonly problem?: string | undefined;
  readonly hint?: string | undefined;
  /** Milliseconds since it was last heard. */
  readonly heardAgo?: number | undefined;
  /** Milliseconds that the last wish took to its answer. */
  readonly roundTrip?: number | undefined;
  /** How far an emergency stop, or its release, has come there. */
  readonly stop?: string | undefined;
  readonly driver?: string | undefined;
  /** Names of its gadgets here. */
  readonly gadgets: readonly string[];
}

/** A plugin, as {@link BotReport} has it. */
export interface PluginReport {
  readonly id: string;
  readonly use: string;
  readonly about: string;
  readonly version?: string | undefined;
  readonly state: string;
  /** What it waits for, or why it failed. */
  readonly detail?: string | undefined;
  /** As they are written in chat. */
  readonly commands: readonly string[];
}

/** How the bot does, as data: what `pertybot status --json` tells. */
export interface BotReport {
  /** What runs, such as `pertybot start`. */
  readonly command: string;
  /** An ISO time. */
  readonly since: string;
  readonly state: string;
  /** What chat commands begin with. */
  readonly prefix: string;
  readonly channels: readonly {
    readonly channel: string;
    readonly joined: boolean;
    readonly problem?: string | undefined;
  }[];
  readonly plugins: readonly PluginReport[];
  /** Where pins are driven; absent where none are. */
  readonly driver?: string | undefined;
  readonly gadgets: readonly GadgetReport[];
  readonly outputs: readonly OutputReport[];
  /** Absent where gadgets are on this machine alone. */
  readonly nodes?: readonly NodeReport[] | undefined;
  readonly inputs: readonly {
    readonly gadget: string;
    readonly pin: string;
    readonly pressed: boolean;
    readonly level: 0 | 1;
  }[];
  /** Rewards that viewers may redeem; absent where nobody knows of them. */
  readonly rewards?: readonly { readonly title: string; readonly state: string }[] | undefined;
  /** Who stopped everything. */
  readonly estop?: string | undefined;
}
