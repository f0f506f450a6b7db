import {
  type BotEvents,
  type ChatUser,
  eventFacts,
  fitBy,
  formatDuration,
  type Inbox,
  type PluginContext,
  type ReactingEvent,
  type ReactionEvent,
  type Replies,
  reactingEvents,
} from '@pertybot/core';
import { type EventText, type EventTexts, eventNames, textsOf } from './event-texts.js';
import { type Gathered, PacedText } from './paced-text.js';
import type { TextCounter } from './text-counter.js';
import { parseTemplate, type TemplateValues } from './text-template.js';

/** What texts of events are said with. */
type TextContext = Pick<PluginContext, 'id' | 'on' | 'say' | 'after' | 'clock'> & {
  readonly counter: TextCounter;
  readonly inbox: Pick<Inbox, 'emit'>;
  readonly replies: Replies;
};

/** Which event it is, whose and where. */
type About = Pick<ReactionEvent, 'event' | 'channel' | 'user'>;

/** Says the texts of the events that the owner named. */
export function addTextEvents(context: TextContext, events: EventTexts): void {
  for (const event of reactingEvents) listenTo(event, events, context);
}

function listenTo<Event extends ReactingEvent>(
  event: Event,
  events: EventTexts,
  context: TextContext,
): void {
  const facts = eventFacts[event];
  const texts = textsOf(events[event]).map((text) => ({
    sayer: new EventSayer(event, text, context),
    unfit: fitBy<BotEvents[Event]>(facts, text),
  }));
  if (texts.length === 0) return;
  context.on(event, async (data) => {
    if (facts.counts?.(data) === false) return;
    const about = aboutOf(event, data);
    const judged = texts.map(({ sayer, unfit }) => ({ sayer, why: unfit(data) }));
    const fitting = judged.filter(({ why }) => why === undefined);
    if (fitting.length === 0) {
      const text = judged.map(({ why }) => why).join('; ');
      context.inbox.emit('reaction', { ...about, plugin: context.id, reason: 'unfit', text });
    }
    const told = Object.entries(facts.values).map(([name, of]) => [name, of(data) ?? '']);
    const values: TemplateValues = Object.fromEntries(told);
    await Promise.all(fitting.map(({ sayer }) => sayer.hear(about, values)));
  });
}

function aboutOf(
  event: string,
  { channel, ...data }: { readonly channel: string; readonly user?: ChatUser | undefined },
): About {
  return { event, channel, ...(data.user ? { user: data.user } : {}) };
}

/** Says one text of an event, no more often than its pause allows. */
class EventSayer {
  private readonly template;
  private readonly paced: PacedText;

  constructor(
    private readonly event: ReactingEvent,
    private readonly text: EventText,
    private readonly context: TextContext,
  ) {
    this.template = parseTemplate(text.text, eventNames(event));
    const together = (channel: string, gathered: Gathered) =>
      this.say({ event, channel }, { user: this.namesOf(gathered) });
    this.paced = new PacedText(text.pause, context, together);
  }

  async hear(about: About, values: TemplateValues): Promise<void> {
    const { pause } = this.text;
    const name = this.greetsOnly ? about.user?.displayName : undefined;
    const pace = this.paced.take(about.channel, name);
    if (pace === 'now') return this.say(about, this.withUser(values));
    if (pace === 'together') return this.tell(about, { did: 'its text, together with others' });
    this.tell(about, {
      reason: 'limited',
      text: `its text is said once in ${formatDuration(pause)}`,
    });
  }

  /** Whether nothing but who it was tells one event from the other. */
  private get greetsOnly(): boolean {
    return this.template.names.every((name) => ['user', 'channel', 'count'].includes(name));
  }

  private async say(about: About, values: TemplateValues): Promise<void> {
    const { counter, say } = this.context;
    const { channel } = about;
    const key = `event ${this.event} ${this.text.text}`;
    const count = this.template.counts ? await counter.countUp(key) : 0;
    const text = this.template.render({ ...values, channel, count }, Math.random);
    const delivery = await say(text, { channel });
    if (delivery.status === 'dropped') {
      this.tell(about, { reason: 'unsaid', text: `its text was not said: ${delivery.reason}` });
    } else this.tell(about, { did: `"${text}"` });
  }

  private withUser(values: TemplateValues): TemplateValues {
    const isAnonymous = values.user === '';
    return isAnonymous
      ? { ...values, user: this.context.replies.text('texts.somebody') ?? '' }
      : values;
  }

  private namesOf({ names, more }: Gathered): string {
    const list = names.join(', ');
    const values = { names: list, count: String(more) };
    return more === 0 ? list : (this.context.replies.text('texts.more', values) ?? list);
  }

  private tell(about: About, became: Pick<ReactionEvent, 'did' | 'reason' | 'text'>): void {
    this.context.inbox.emit('reaction', { ...about, plugin: this.context.id, ...became });
  }
}
