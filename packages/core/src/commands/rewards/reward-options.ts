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

/** What of a reward says whose it is. */
interface NamedReward {
  readonly name: string;
  readonly title: string;
  readonly owner: { readonly id: string };
}

/** For a reward without a function that does it. */
export function rewardHandlerError(id: string, signature: string, options: unknown): CommandError {
  const what =
    typeof options === 'function'
      ? `says no options of the reward "${signature}", or says them behind its handler: they stand before it`
      : `gives the reward "${signature}" no handler`;
  return new CommandError('COMMAND_HANDLER_MISSING', `The plugin "${id}" ${what}.`, {
    hint: 'Write: reward("confetti", { cost: 500 }, ({ reply }) => reply("Here it comes!"))',
  });
}

/** For a reward whose name or title another one has. */
export function takenRewardError(reward: NamedReward, other: NamedReward): CommandError {
  const isName = reward.name.toLowerCase() === other.name.toLowerCase();
  const what = isName ? `The reward "${reward.name}"` : `The title "${reward.title}" of a reward`;
  const [id, first] = [reward.owner.id, other.owner.id];
  const whose =
    id === first
      ? `is twice that of the plugin "${id}"`
      : `is that of the plugin "${first}" and of "${id}"; it stays with "${first}", which stands first in plugins.yaml`;
  const hint = isName
    ? 'Give one of them another name.'
    : `Give one of them another title in plugins.yaml, in the entry of "${id}":\n    rewards:\n      ${reward.name}: { title: "${reward.title} 2" }`;
  return new CommandError('REWARD_TAKEN', `${what} ${whose}.`, { hint });
}

/** For a reward of an author's that plugins.yaml has run a command. */
export function runTakenError(id: string, name: string): CommandError {
  const message = `plugins.yaml has the reward "${name}" of "${id}" run a command, and the plugin has one of that name itself.`;
  return new CommandError('REWARD_TAKEN', message, {
    hint: `Remove "run" to tune the plugin's own, or give yours another name.`,
  });
}
