import type { BotReport } from './bot-report.js';
import type { Undo } from './consumer.js';
import type { InjectionToken } from './injection.js';

/** What became of something that the owner asked for. */
export interface OwnerOutcome {
  readonly done: boolean;
  /** A sentence about it. */
  readonly text: string;
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
   * Replaces the file, unless it is wrong or somebody else has changed it; put back where the running bot does
   * not come up with it.
   * @param was the text that was edited
   */
  save(text: string, was: string): Promise<OwnerOutcome>;
  /** Switches an entry on or off; all else in the file stays as it is. */
  switch(plugin: string, enabled: boolean): Promise<OwnerOutcome>;
  /** The JSON Schema of what may be written. @returns undefined where it cannot be made */
  schema(): Promise<object | undefined>;
}

/** What became of a plugin that was to be added. */
export interface AdditionOutcome extends OwnerOutcome {
  /** What its owner has to agree to first: what the package is, of whom, and what it wants. */
  readonly ask?: string | undefined;
}

/** Adds plugins and takes them out, wholly or not at all: plugins.yaml and packages. */
export interface PluginDesk {
  /**
   * @param plugin as `pertybot plugins add` takes it
   * @param agreed what was asked before and agreed to, to the letter; nothing of a stranger runs without it
   */
  add(plugin: string, agreed?: string): Promise<AdditionOutcome>;
  /** @param plugin id of its entry, or what its `use:` says */
  remove(plugin: string): Promise<OwnerOutcome>;
}

/** How the login of an account stands, without any secret. */
export interface LoginReport {
  readonly account: 'bot' | 'broadcaster';
  /** Of a broadcaster who is known. */
  readonly channel?: string | undefined;
  /** Whether nothing has to be done. */
  readonly well: boolean;
  /** Sentences about it. */
  readonly lines: readonly string[];
}

/** What became of a login that was asked for. */
export interface LoginOutcome extends OwnerOutcome {
  /** Page at which it goes on: the login page of the bot, or that of Twitch for a code. */
  readonly address?: string | undefined;
}

/** The logins of the bot's accounts. */
export interface LoginDesk {
  /** The bot's first; empty for a bot that needs none. */
  list(): Promise<readonly LoginReport[]>;
  /**
   * Begins a login, in the way that `pertybot login` has.
   * @param isHere whether whoever asks sits at this machine; elsewhere it goes by a code
   */
  begin(account: Pick<LoginReport, 'account' | 'channel'>, isHere: boolean): Promise<LoginOutcome>;
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
  /** Present where plugins can be added and taken out. */
  readonly plugins?: PluginDesk | undefined;
  /** Present where somebody can log in. */
  readonly logins?: LoginDesk | undefined;
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
    schema: async () => undefined,
  },
  log: { lines: [], onLine: () => () => {} },
};
