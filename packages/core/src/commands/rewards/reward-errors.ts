import { CommandError } from '../../contracts/command.js';

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
