import type { RedemptionNote } from '../../contracts/events.js';
import type { Redemption } from '../../contracts/redemption.js';
import type { RedemptionOutcome } from '../../contracts/reward.js';
import type { EventHub } from '../../events/event-hub.js';
import type { RegisteredReward } from './reward-registry.js';

/** A redemption and what became of it. */
export interface DecidedRedemption {
  readonly redemption: Redemption;
  readonly reward: RegisteredReward | undefined;
  readonly outcome: RedemptionOutcome;
  /** Milliseconds from the redemption to its decision. */
  readonly took: number;
}

/** Tells the bot's listeners what became of a redemption, as of a command. */
export function tellOutcome(
  events: EventHub,
  { redemption, reward, outcome, took }: DecidedRedemption,
): void {
  const { user, channel, id } = redemption;
  const note: RedemptionNote = {
    id,
    reward: redemption.reward,
    title: reward?.title ?? redemption.reward,
    cost: reward?.cost ?? 0,
  };
  const common = { command: runsOf(reward) ?? redemption.reward, user, channel, messageId: id };
  if (outcome.moved) {
    events.emit('command', {
      ...common,
      plugin: reward?.owner.id ?? '',
      took,
      redemption: note,
    });
    return;
  }
  const { reason, retryAfter, text } = outcome.refusal;
  events.emit('refusal', {
    ...common,
    reason,
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(text === undefined ? {} : { text }),
    redemption: note,
  });
}

/** What a reward runs, for people: `lamp on 1m`; its own name where its author wrote it. */
export function runsOf(reward: RegisteredReward | undefined): string | undefined {
  if (reward === undefined) return undefined;
  return 'run' in reward.work ? reward.work.run : reward.name;
}
