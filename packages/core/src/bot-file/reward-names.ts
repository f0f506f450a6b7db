import { longestTitle } from '../commands/rewards/reward-tuning.js';
import type { ConfigProblem, YamlPath } from './config-error.js';
import type { BotFileEntry } from './entry.js';
import type { YamlSource } from './yaml-source.js';

/** The faults of rewards that their schema cannot see: what they lack together, and names and titles that stand twice. */
export function rewardProblems(
  source: YamlSource,
  entries: readonly BotFileEntry[],
): readonly ConfigProblem[] {
  const all = entries.flatMap(({ path, rewards, enabled }) =>
    Object.entries(rewards).map(([name, said]) => ({
      name,
      ...said,
      enabled,
      path: [...path, 'rewards', name],
    })),
  );
  const problems: ConfigProblem[] = [];
  const seen = new Map<string, YamlPath>();
  const add = (at: YamlPath, message: string, hint: string) =>
    problems.push({ file: source.file, position: source.keyPosition(at), message, hint });
  for (const { name, title, run, cost, path, enabled } of all) {
    if (run === undefined && title === undefined) continue;
    if (run !== undefined && cost === undefined) {
      add(path, `${name}: it has no cost`, 'Write, for example, "cost: 500" beside "run".');
    }
    const shown = title ?? name;
    if (title === undefined && [...name].length > longestTitle) {
      const count = `${longestTitle} characters, not ${[...name].length}`;
      add(path, `${name}: a title has at most ${count}`, 'Give it a shorter "title".');
    }
    if (!enabled) continue;
    const names = run === undefined ? [shown] : [name, shown];
    const first = names.map((each) => seen.get(each.toLowerCase())).find((each) => each);
    if (first) {
      const { line } = source.keyPosition(first);
      const message = `"${shown}" is already a reward, on line ${line}`;
      add(path, message, 'Give one of them another name and title: Twitch has each title once.');
      continue;
    }
    for (const each of names) seen.set(each.toLowerCase(), path);
  }
  return problems;
}
