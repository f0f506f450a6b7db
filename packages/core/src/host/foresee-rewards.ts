import { pauseOnTwitch, tuningOf } from '../commands/rewards/reward-registry.js';
import type { Allow, CommandInfo } from '../contracts/command.js';
import type { RewardTrace } from '../contracts/declaration.js';
import { toMilliseconds } from '../contracts/duration.js';
import type { HostedPlugin } from './hosted-plugin.js';

/** What a reward would run. */
interface ForeseenRun {
  readonly command: CommandInfo;
  /** Behind the name of the command. */
  readonly words: string;
}

/** A reward as it would be. */
export interface ForeseenReward extends RewardTrace {
  /** Id of the plugin. */
  readonly plugin: string;
  /** Undefined for what its author wrote. */
  readonly runs?: ForeseenRun | undefined;
  /** Whether viewers say something. */
  readonly input: boolean;
  /** Who may redeem it, where the owner says so. */
  readonly allow?: Allow;
}

/** The rewards of a plugin: those that the owner wrote, and those that its author had when it ran last. */
export function foreseeRewards(
  { id: plugin, rewards }: Pick<HostedPlugin, 'id' | 'rewards'>,
  own: readonly RewardTrace[],
  runOf: (run: string) => ForeseenRun | undefined,
): readonly ForeseenReward[] {
  const written = Object.entries(rewards).flatMap(([name, said]) => {
    const { run, cost, title = name, input = false, enabled = true } = said;
    if (run === undefined || cost === undefined || !enabled) return [];
    const about = { name, plugin, title, cost, input, ...allowOf(said) };
    return [{ ...about, ...limitsOf(said), runs: runOf(run) }];
  });
  const ofAuthor = own.flatMap((trace) => {
    const { enabled = true, title, cost, ...said } = tuningOf(rewards, trace.name);
    if (!enabled) return [];
    const tuned = { ...(title && { title }), ...(cost && { cost }) };
    const limits = limitsOf(said, trace);
    return [{ ...trace, ...tuned, ...limits, ...allowOf(said), plugin, input: true }];
  });
  return [...written, ...ofAuthor];
}

function allowOf({ allow }: Pick<HostedPlugin['rewards'][string], 'allow'>) {
  // The schema has seen to the `@`.
  return allow === undefined ? {} : { allow: allow as Allow };
}

function limitsOf(
  { cooldown, maxPerStream }: Pick<HostedPlugin['rewards'][string], 'cooldown' | 'maxPerStream'>,
  before: Partial<RewardTrace> = {},
): Pick<RewardTrace, 'cooldown' | 'maxPerStream'> {
  const pause = pauseOnTwitch(cooldown);
  const most = maxPerStream ?? before.maxPerStream;
  return {
    cooldown: toMilliseconds(pause ?? before.cooldown ?? 0),
    ...(most === undefined ? {} : { maxPerStream: most }),
  };
}
