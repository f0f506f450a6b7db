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
  readonly ballot?:
    | {
        /** `vote` or `random`. */
        readonly policy: string;
        /** Milliseconds until it is decided. */
        readonly closesIn: number;
        readonly voters: number;
        /** The most wanted first. */
        readonly choices: readonly { readonly line: string; readonly votes: number }[];
      }
    | undefined;
  readonly pins: readonly string[];
  readonly usage: string;
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
