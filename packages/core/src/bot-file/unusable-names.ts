import { isScalar, visit } from 'yaml';
import type { CommandTuning } from '../commands/command-tuning.js';
import { isReservedCommand, reservedReason } from '../contracts/emergency-stop.js';
import { type ConfigProblem, mostProblems, type YamlPath } from './config-error.js';
import type { YamlSource } from './yaml-source.js';

/**
 * The faults of a `commands:` that would tune, rename or take a reserved word. Nothing in the file may keep
 * anybody from stopping everything.
 * @param path where the `commands:` stands
 */
export function reservedTunings(
  source: YamlSource,
  path: YamlPath,
  commands: Readonly<Record<string, CommandTuning>>,
): readonly ConfigProblem[] {
  return Object.entries(commands).flatMap(([own, tuning]) => {
    const at = [...path, own];
    if (isReservedCommand(own)) {
      return {
        file: source.file,
        position: source.keyPosition(at),
        message: `${own}: "${own}" ${reservedReason} and cannot be tuned`,
        hint: 'Remove it: moderators have this command at any time, without a cooldown.',
      };
    }
    return takenNames(tuning).map(({ name, below }) => ({
      file: source.file,
      position: source.position([...at, ...below]),
      message: `${below[0]}: "${name}" ${reservedReason}`,
      hint: `Give "${own}" another name.`,
    }));
  });
}

interface TakenName {
  readonly name: string;
  /** Where it stands in the tuning. */
  readonly below: YamlPath;
}

function takenNames({ name, aliases = [] }: CommandTuning): readonly TakenName[] {
  const names = [
    ...(name === undefined ? [] : [{ name, below: ['name'] }]),
    ...aliases.map((alias, index) => ({ name: alias, below: ['aliases', index] })),
  ];
  return names.filter((each) => isReservedCommand(each.name));
}

/** What every JavaScript object has already; schemas drop such keys without a word. */
const unusable: readonly unknown[] = ['__proto__', 'constructor', 'prototype'];

function whyUnusable(key: unknown): Pick<ConfigProblem, 'message' | 'hint'> | undefined {
  if (key === '<<') {
    const hint = 'Write what it would bring where it is wanted.';
    return { message: 'a merge key ("<<") brings nothing here', hint };
  }
  if (!unusable.includes(key)) return undefined;
  const hint = 'Take another word: JavaScript keeps this one for itself.';
  return { message: `"${String(key)}" cannot be a name here`, hint };
}

/** One fault for each key that would vanish, such as a gadget named `constructor`. */
export function unusableKeys(source: YamlSource): readonly ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  visit(source.document, {
    Pair(_, { key }) {
      const why = isScalar(key) ? whyUnusable(key.value) : undefined;
      if (!isScalar(key) || why === undefined) return undefined;
      problems.push({ file: source.file, position: source.positionOf(key), ...why });
      return problems.length < mostProblems ? undefined : visit.BREAK;
    },
  });
  return problems;
}
