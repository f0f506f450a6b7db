import type {
  BotReport,
  FileFault,
  LogEntry,
  OwnerControl,
  OwnerOutcome,
  WrittenGadget,
} from '@pertybot/core/host';

const done = (text: string): OwnerOutcome => ({ done: true, text });

/** A bot that notes what is asked of it. */
export class FakeControl implements OwnerControl {
  /** What was asked, such as `drive lamp on`. */
  readonly asked: string[] = [];
  text = 'plugins: []\n';
  faults: readonly FileFault[] = [];
  gadgets: readonly WrittenGadget[] = [];
  current: BotReport = {
    command: 'pertybot start',
    since: '2026-01-01T00:00:00.000Z',
    state: 'ready',
    prefix: '!',
    channels: [{ channel: 'streamer', joined: true }],
    plugins: [{ id: 'irc', use: 'irc', about: '', state: 'running', commands: [] }],
    gadgets: [],
    outputs: [],
    inputs: [],
  };
  private readonly listeners = new Set<(line: LogEntry) => void>();

  readonly log = {
    lines: [] as LogEntry[],
    onLine: (listener: (line: LogEntry) => void) => {
      this.listeners.add(listener);
      return () => void this.listeners.delete(listener);
    },
  };

  readonly file = {
    read: async () => this.text,
    gadgets: async () => this.gadgets,
    check: async () => this.faults,
    save: async (text: string) => this.note(`save ${text}`),
    switch: async (plugin: string, enabled: boolean) => this.note(`switch ${plugin} ${enabled}`),
    schema: async () => ({ properties: { prefix: { type: 'string' } } }),
  };

  /** What has to be agreed to before a plugin is added. */
  ask: string | undefined;

  readonly plugins = {
    add: async (plugin: string, agreed?: string) =>
      this.ask === agreed
        ? this.note(`add ${plugin}`)
        : { done: false, text: 'Look at it first.', ask: this.ask },
    remove: async (plugin: string) => this.note(`remove ${plugin}`),
  };

  readonly logins = {
    list: async () => [{ account: 'bot' as const, well: true, lines: ['pertybot'] }],
    begin: async ({ account }: { readonly account: string }, isHere: boolean) =>
      this.note(`login ${account} ${isHere ? 'here' : 'by a code'}`),
  };

  rehearsal: OwnerControl['rehearsal'];

  report = async () => this.current;
  say = async (text: string) => this.note(`say ${text}`);
  stop = async (by: string) => this.note(`stop by ${by}`);
  release = async () => this.note('release');
  drive = async (gadget: string, action: string) => this.note(`drive ${gadget} ${action}`);
  restart = async (plugin: string) => this.note(`restart ${plugin}`);
  on = () => () => {};

  /** Logs a line. */
  tell(line: LogEntry): void {
    this.log.lines.push(line);
    for (const listener of this.listeners) listener(line);
  }

  private note(wish: string): OwnerOutcome {
    this.asked.push(wish);
    return done(`Done: ${wish}.`);
  }
}
