import type { Clock, PluginContext } from '@pertybot/core';

/** Most names that one text has. */
const mostNames = 5;

/** What is said together. */
export interface Gathered {
  /** The first of them. */
  readonly names: readonly string[];
  /** How many more there are. */
  readonly more: number;
}

/** What became of a text: it is said now, later with others, or not at all. */
export type Pace = 'now' | 'together' | 'limited';

interface Gathering {
  /** When the next text may be said, monotonic. */
  until: number;
  names: string[];
  more: number;
}

/** Keeps a text from being said too often in a channel; of what comes meanwhile the names are gathered. */
export class PacedText {
  /** By channel: there are as many as the bot sits in. */
  private readonly channels = new Map<string, Gathering>();

  /**
   * @param pause milliseconds between two
   * @param say says what was gathered
   */
  constructor(
    private readonly pause: number,
    private readonly context: { readonly clock: Clock } & Pick<PluginContext, 'after'>,
    private readonly say: (channel: string, gathered: Gathered) => Promise<void>,
  ) {}

  /** @param name of who may be greeted together with others; undefined for what is said alone */
  take(channel: string, name: string | undefined): Pace {
    const now = this.context.clock.now();
    const gathering = this.channels.get(channel) ?? { until: 0, names: [], more: 0 };
    this.channels.set(channel, gathering);
    if (now >= gathering.until && gathering.names.length === 0) {
      gathering.until = now + this.pause;
      return 'now';
    }
    if (name === undefined) return 'limited';
    if (gathering.names.length === 0) this.sayLater(channel, gathering, gathering.until - now);
    if (gathering.names.length < mostNames) gathering.names.push(name);
    else gathering.more += 1;
    return 'together';
  }

  private sayLater(channel: string, gathering: Gathering, wait: number): void {
    this.context.after(wait, () => {
      const { names, more } = gathering;
      gathering.until = this.context.clock.now() + this.pause;
      gathering.names = [];
      gathering.more = 0;
      return this.say(channel, { names, more });
    });
  }
}
