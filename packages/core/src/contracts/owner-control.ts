import type { InjectionToken } from './injection.js';
import type { Undo } from './undo.js';

/** What became of something that the owner asked for. */
export interface OwnerOutcome {
  readonly done: boolean;
  /** A sentence about it. */
  readonly text: string;
}

/** How a vote about a gadget stands. */
export interface Ballot {
  /** `vote`, or `random` where one is drawn. */
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

/** A fault of plugins.yaml at its place, counted from 1. */
export interface FileFault {
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly hint?: string | undefined;
}

/** A gadget as plugins.yaml has it: nobody has checked it. */
export interface WrittenGadget {
  readonly name: string;
  /** Its keys, such as `type` and `pin`. They may hold secrets. */
  readonly config: Readonly<Record<string, unknown>>;
}

/** plugins.yaml in the hands of its owner. */
export interface BotFileDesk {
  read(): Promise<string>;
  /** The gadgets of its entries that are on; none where nobody can read it. */
  gadgets(): Promise<readonly WrittenGadget[]>;
  /** Every fault that `pertybot check` would find in `text`. */
  check(text: string): Promise<readonly FileFault[]>;
  /**
   * Replaces the file, unless it is wrong or somebody else has changed it.
   * @param was the text that was edited
   */
  save(text: string, was: string): Promise<OwnerOutcome>;
  /** Switches an entry on or off; all else in the file stays as it is. */
  switch(plugin: string, enabled: boolean): Promise<OwnerOutcome>;
}

/** A line of the log, without secrets. */
export interface LogEntry {
  /** ISO 8601. */
  readonly time: string;
  readonly level: string;
  readonly plugin?: string | undefined;
  readonly message: string;
}

/** The last lines of the log. */
export interface LogTail {
  /** Oldest first. */
  readonly lines: readonly LogEntry[];
  onLine(listener: (line: LogEntry) => void): Undo;
}

/** What can be let happen where Twitch and the board are simulated. */
export interface Rehearsal {
  /** Lines that {@link Rehearsal.take} takes, such as `bob raids 50`. */
  readonly examples: readonly string[];
  /** Does what a line says: `!lamp on`, `alice[mod]: !lamp off`, `alice cheers 100`. */
  take(line: string): Promise<OwnerOutcome>;
  /** Presses a button of the board for a moment. */
  press(gadget: string): Promise<OwnerOutcome>;
}

/**
 * What the owner asks of the running bot, as from his terminal: each wish goes the way that the command of the
 * same name goes, and no further. The program that runs the bot provides it; whoever needs it acts for the owner.
 */
export interface OwnerControl {
  report(): Promise<BotReport>;
  /** Says something in the bot's channels. */
  say(text: string): Promise<OwnerOutcome>;
  /** Stops everything, at once. @param by such as `the page` */
  stop(by: string): Promise<OwnerOutcome>;
  /** Lets everything be switched on again; nothing goes on by itself. */
  release(): Promise<OwnerOutcome>;
  /** Has a gadget do something, through its queue and the guard. @param action such as `blink 3` */
  drive(gadget: string, action: string): Promise<OwnerOutcome>;
  /** Stops a plugin and what needs it, and starts them again. */
  restart(plugin: string): Promise<OwnerOutcome>;
  /**
   * Tells of an event as the program that runs the bot hears it: for that nothing is asked of Twitch.
   * @param event a name of BotEvents; one that nobody emits is never told
   */
  on(event: string, listener: (data: unknown) => void): Undo;
  readonly file: BotFileDesk;
  readonly log: LogTail;
  /** Present where Twitch and the board are simulated. */
  readonly rehearsal?: Rehearsal | undefined;
}

/** Injection token of the {@link OwnerControl}. */
export const OwnerControl: InjectionToken<OwnerControl> = Symbol.for('pertybot.OwnerControl');

const nobody = async (): Promise<OwnerOutcome> => ({ done: false, text: 'Nobody runs this bot.' });

/** For a program that lets nobody ask anything. */
export const noControl: OwnerControl = {
  report: async () => ({
    command: '',
    since: new Date(0).toISOString(),
    state: 'stopped',
    prefix: '!',
    channels: [],
    plugins: [],
    gadgets: [],
    outputs: [],
    inputs: [],
  }),
  say: nobody,
  stop: nobody,
  release: nobody,
  drive: nobody,
  restart: nobody,
  on: () => () => {},
  file: {
    read: async () => '',
    gadgets: async () => [],
    check: async () => [],
    save: nobody,
    switch: nobody,
  },
  log: { lines: [], onLine: () => () => {} },
};
