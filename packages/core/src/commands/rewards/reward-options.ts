import * as v from 'valibot';
import { CommandError } from '../../contracts/command.js';
import type { RewardOptions } from '../../contracts/reward.js';
import { describeFaults } from '../author-options.js';
import { rewardEntries, rewardPauseSchema } from './reward-tuning.js';

/** What {@link RewardOptions} may say. An author in JavaScript is told of nothing by an editor. */
const schema = v.strictObject({
  ...rewardEntries,
  cooldown: v.optional(rewardPauseSchema()),
  approve: v.optional(v.literal('moderator', 'expected "moderator", who must say yes')),
  types: v.optional(
    v.record(v.string(), v.function('expected a function that reads a word'), 'expected a map'),
  ),
});

const rightOne =
  'reward("confetti", { cost: 500, cooldown: "30s" }, ({ reply }) => reply("Here it comes!"))';

/**
 * Checks what a plugin's author says of a reward.
 * @throws CommandError REWARD_OPTIONS_INVALID that names each fault
 */
export function checkRewardOptions(
  plugin: string,
  signature: string,
  options: unknown,
): asserts options is RewardOptions<never> {
  const faults = describeFaults(schema, options);
  if (faults.length === 0) return;
  throw new CommandError(
    'REWARD_OPTIONS_INVALID',
    `The options of the reward "${signature}" of the plugin "${plugin}" are wrong: ${faults.join('; ')}.`,
    { hint: `Write, for example: ${rightOne}` },
  );
}
