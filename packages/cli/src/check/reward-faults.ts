import { describeAllow, type ForeseenReward, type FoundFault } from '@pertybot/core/host';
import type { GadgetPlan } from '@pertybot/plugin-gpio';

interface PlannedPins {
  /** Id of the plugin that has the gadgets. */
  readonly plugin: string;
  readonly plan: Pick<GadgetPlan, 'refusalOf'>;
}

/** Rewards that ask a gadget for what it does not do, such as a time beyond its limit. */
export function findRewardFaults(
  rewards: readonly ForeseenReward[],
  { plugin, plan }: PlannedPins,
): readonly FoundFault[] {
  return rewards.flatMap(({ name, plugin: of, runs, input }) => {
    if (of !== plugin || runs === undefined || input) return [];
    const refusal = plan.refusalOf(runs.command.ownName, runs.words.trim());
    if (refusal === undefined) return [];
    const message = `run: ${(refusal.text ?? refusal.reason).replace(/\.$/, '')}`;
    return [{ plugin, path: ['rewards', name, 'run'], message }];
  });
}

/** Roles that Twitch does not tell of who redeems. */
const untold: readonly string[] = ['subscriber', 'vip', 'moderator'];

/** Rewards for people whom nobody can tell from others: all that they redeem is given back. */
export function findRewardDoubts(rewards: readonly ForeseenReward[]): readonly string[] {
  return rewards.flatMap(({ title, allow = 'everyone' }) => {
    const members = typeof allow === 'string' ? [allow] : allow;
    if (!members.some((member) => untold.includes(member))) return [];
    const message = `The reward "${title}" is for ${describeAllow(allow)}, but Twitch does not say of who redeems it whether they are. `;
    return [
      `${message}Their points come back; name people, such as allow: ["@alice"], or leave it out.`,
    ];
  });
}
