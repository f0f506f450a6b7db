import type { YamlPath } from '../bot-file/config-error.js';
import { splitWords } from '../commands/command-line.js';
import type { CommandRegistry } from '../commands/command-registry.js';
import { readRunLine } from '../commands/rewards/redemption-call.js';
import { nearest } from '../contracts/nearest.js';
import type { HostedPlugin } from './hosted-plugin.js';

/** A reward of plugins.yaml that cannot be what it says. */
export interface RewardFault {
  readonly message: string;
  readonly hint: string;
  /** Below the plugin's entry. */
  readonly path: YamlPath;
  /** Whether it is the key at the end of the path that is wrong. */
  readonly isKey: boolean;
}

/** What is known of a plugin. */
interface KnownPlugin extends Pick<HostedPlugin, 'id' | 'rewards'> {
  readonly commands: CommandRegistry;
  /** Names of the rewards of its author's; undefined where nobody knows them. */
  readonly own: readonly string[] | undefined;
}

/** The rewards that run no command of their plugin, or tune one that it does not have. */
export function rewardFaults({ id, rewards, commands, own }: KnownPlugin): readonly RewardFault[] {
  return Object.entries(rewards).flatMap(([name, { run, input = false }]) => {
    if (run === undefined) return own ? unknownReward(id, name, own) : [];
    const path = ['rewards', name, 'run'];
    const fault = runFault({ id, run, input }, commands);
    return fault ? [{ ...fault, path, isKey: false }] : [];
  });
}

function unknownReward(id: string, name: string, own: readonly string[]): readonly RewardFault[] {
  if (own.some((each) => each.toLowerCase() === name.toLowerCase())) return [];
  const meant = nearest(name.toLowerCase(), own);
  const message = `rewards: "${id}" has no reward "${name}"`;
  const otherwise = 'Write "run:" with one of its commands, to have a reward without code.';
  const hint = meant === undefined ? otherwise : `Did you mean "${meant}"? ${otherwise}`;
  return [{ message, hint, path: ['rewards', name], isKey: true }];
}

interface Run {
  readonly id: string;
  readonly run: string;
  /** Whether what viewers type stands behind it. */
  readonly input: boolean;
}

function runFault(
  { id, run, input }: Run,
  commands: CommandRegistry,
): Pick<RewardFault, 'message' | 'hint'> | undefined {
  const { command, name, rest } = readRunLine(run, id, commands);
  if (command === undefined) {
    const names = commands.of(id).map((each) => each.name);
    const meant = nearest(name.toLowerCase(), names);
    const list = names.length > 0 ? `It has: ${names.join(', ')}.` : 'It has none.';
    const hint = meant === undefined ? list : `Did you mean "${meant}"?`;
    return { message: `run: "${id}" has no command "${name}"`, hint };
  }
  if (!command.enabled) {
    const message = `run: the command "${command.name}" is disabled, and so runs for nobody`;
    return { message, hint: 'To keep it for points alone, write "allow: broadcaster" for it.' };
  }
  if (input || fits(command.signature, rest)) return undefined;
  return {
    message: `run: the command "${command.name}" does not take "${rest.trim()}"`,
    hint: `Usage: ${command.usage}, for example ${command.example}.`,
  };
}

/** What an author's own type throws at is left to him. */
function fits(
  { parse }: { parse(words: ReturnType<typeof splitWords>): unknown },
  rest: string,
): boolean {
  try {
    return parse(splitWords(rest)) !== undefined;
  } catch {
    return true;
  }
}
