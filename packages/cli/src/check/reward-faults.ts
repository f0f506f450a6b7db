import type { ForeseenReward, FoundFault } from '@pertybot/core/host';
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
