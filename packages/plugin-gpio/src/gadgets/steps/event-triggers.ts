import {
  type BotEvents,
  type ChatUser,
  type Inbox,
  isRefusal,
  type PluginContext,
  type ReactionEvent,
  type Undo,
} from '@pertybot/core';
import { eventFacts, fitBy, type ReactingEvent, reactingEvents } from '@pertybot/core/host';
import { GadgetRunner } from '../queue/gadget-runner.js';
import { playSteps, type Step, type StepPlayer } from './steps.js';
import { type Triggers, triggersOf } from './trigger-schema.js';

/** Events that wait for the ones before them. */
const queueLimit = 20;

/** What the steps of events are played with. */
export interface TriggerPlayer extends StepPlayer {
  readonly inbox: Pick<Inbox, 'emit'>;
  /** Calls `halt` when everything is stopped. */
  onHalt(halt: () => void): Undo;
}

/** Listens to the events that the owner named, and plays their steps, one event after the other. */
export function listenToTriggers(
  triggers: Triggers,
  { id, on, log, onStop }: Pick<PluginContext, 'id' | 'on' | 'log' | 'onStop'>,
  player: TriggerPlayer,
): void {
  const late = (problem: unknown) => {
    const what = isRefusal(problem) ? (problem.text ?? problem.reason) : String(problem);
    log.warn(`The steps of an event ended early: ${what}`);
  };
  const runner = new GadgetRunner('on', { name: 'queue', limit: queueLimit }, late);
  onStop(() => runner.stop());
  onStop(player.onHalt(() => void runner.stop()));

  const tell = (about: About, became: Became) =>
    player.inbox.emit('reaction', { ...about, plugin: id, ...became });
  const play = async (about: About, list: readonly Step[]) => {
    const result = await runner.run(({ signal }) => playSteps(list, player, signal));
    if (isRefusal(result)) {
      const { reason, text = reason } = result;
      log.info(`"${about.event}" set nothing off: ${text}`);
      return tell(about, { reason, text });
    }
    tell(about, { did: inWords(list) });
  };
  for (const event of reactingEvents) listenTo(event, triggers, { on, tell, play });
}

/** Which event it is, whose and where. */
type About = Pick<ReactionEvent, 'event' | 'channel' | 'user'>;

type Became = Pick<ReactionEvent, 'did' | 'reason' | 'text'>;

interface Parts {
  readonly on: PluginContext['on'];
  tell(about: About, became: Became): void;
  play(about: About, list: readonly Step[]): Promise<void>;
}

/** Plays the steps of each trigger that fits, in the order of the file. */
function listenTo<Event extends ReactingEvent>(
  event: Event,
  triggers: Triggers,
  { on, tell, play }: Parts,
): void {
  const facts = eventFacts[event];
  const list = triggersOf(triggers[event]).map((trigger) => ({
    steps: trigger.do,
    unfit: fitBy<BotEvents[Event]>(facts, trigger),
  }));
  if (list.length === 0) return;
  on(event, async (data) => {
    if (facts.counts?.(data) === false) return;
    const about = aboutOf(event, data);
    const judged = list.map(({ steps, unfit }) => ({ steps, why: unfit(data) }));
    const fitting = judged.filter(({ why }) => why === undefined);
    if (fitting.length === 0) {
      tell(about, { reason: 'unfit', text: judged.map(({ why }) => why).join('; ') });
    }
    await Promise.all(fitting.map(({ steps }) => play(about, steps)));
  });
}

function aboutOf(
  event: string,
  { channel, ...data }: { readonly channel: string; readonly user?: ChatUser | undefined },
): About {
  return { event, channel, ...(data.user ? { user: data.user } : {}) };
}

/** Steps as they are written: `lamp on, wait 1s`. */
function inWords(list: readonly Step[]): string {
  return list
    .map((step) =>
      'wait' in step ? `wait ${step.wait}ms` : `${step.gadget} ${step.action}`.trim(),
    )
    .join(', ');
}
