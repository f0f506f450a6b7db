import {
  type BotEvents,
  type ChannelEvent,
  isRefusal,
  type PluginContext,
  type Refusal,
  type Undo,
  v,
} from '@pertybot/core';
import { described } from '../../described.js';
import { GadgetRunner } from '../queue/gadget-runner.js';
import { playSteps, type StepPlayer, steps } from './steps.js';

const whole = v.pipe(v.number(), v.integer(), v.minValue(1));

/** Steps alone, or with what the event must have. */
function trigger<Conditions extends v.ObjectEntries>(about: string, conditions: Conditions) {
  const alone = steps();
  const played = described(steps(), 'Steps, such as [lamp on, wait 1s].');
  const withConditions = v.strictObject({ ...conditions, do: played });
  const either = v.union([alone, withConditions]);
  // Chosen by what is written, so that the fault of a step is not told as that of a map.
  const trigger = v.optional(
    v.lazy((input): typeof alone | typeof withConditions | typeof either => {
      if (input === undefined) return either;
      return Array.isArray(input) || typeof input === 'string' ? alone : withConditions;
    }),
  );
  return described(trigger, about);
}

function atLeast(what: string) {
  return { min: described(v.optional(whole), `How many ${what} there must be at least.`) };
}

/** Schema of `on:` in the gpio config: what events of the channel set off. */
export const triggersSchema = v.optional(
  v.strictObject({
    raid: trigger('What a raid sets off.', atLeast('viewers')),
    cheer: trigger('What a cheer sets off.', atLeast('bits')),
    subscribe: trigger('What a subscription sets off.', atLeast('months')),
    giftSubscription: trigger('What gifted subscriptions set off.', atLeast('gifts at once')),
    redeem: trigger('What a redeemed reward sets off.', {
      reward: described(v.optional(v.string()), 'Id of the reward; without it any.'),
    }),
  }),
  {},
);

/** What events set off, checked. */
export type Triggers = v.InferOutput<typeof triggersSchema>;

/** Events that wait for the ones before them. */
const queueLimit = 20;

/** What the steps of events are played with. */
export interface TriggerPlayer extends StepPlayer {
  /** Calls `halt` when everything is stopped. */
  onHalt(halt: () => void): Undo;
  /** Hears why an event set nothing off. */
  refused(event: string, data: ChannelEvent, refusal: Refusal): void;
}

/** Listens to the events that the owner named, and plays their steps, one event after the other. */
export function listenToTriggers(
  triggers: Triggers,
  { on, log, onStop }: Pick<PluginContext, 'on' | 'log' | 'onStop'>,
  player: TriggerPlayer,
): void {
  const late = (problem: unknown) => {
    const what = isRefusal(problem) ? (problem.text ?? problem.reason) : String(problem);
    log.warn(`The steps of an event ended early: ${what}`);
  };
  const runner = new GadgetRunner('on', { name: 'queue', limit: queueLimit }, late);
  onStop(() => runner.stop());
  onStop(player.onHalt(() => void runner.stop()));

  const listen = <Event extends keyof Triggers & keyof BotEvents>(
    event: Event,
    fits: (data: BotEvents[Event]) => boolean,
  ) => {
    const trigger = triggers[event];
    if (!trigger) return;
    const list = Array.isArray(trigger) ? trigger : trigger.do;
    on(event, async (data) => {
      if (!fits(data)) return;
      const result = await runner.run((signal) => playSteps(list, player, signal));
      if (isRefusal(result)) {
        log.info(`"${event}" set nothing off: ${result.text ?? result.reason}`);
        player.refused(event, data, result);
      }
    });
  };
  listen('raid', ({ viewers }) => viewers >= leastOf(triggers.raid));
  listen('cheer', ({ bits }) => bits >= leastOf(triggers.cheer));
  listen('subscribe', ({ months }) => months >= leastOf(triggers.subscribe));
  listen('giftSubscription', ({ count }) => count >= leastOf(triggers.giftSubscription));
  listen('redeem', ({ rewardId }) => {
    const { redeem } = triggers;
    const wanted = redeem && 'reward' in redeem ? redeem.reward : undefined;
    return wanted === undefined || wanted === rewardId;
  });
}

function leastOf(trigger: object | undefined): number {
  return trigger && 'min' in trigger && typeof trigger.min === 'number' ? trigger.min : 0;
}
