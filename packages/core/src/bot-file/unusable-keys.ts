import { isScalar, visit } from 'yaml';
import type { ConfigProblem } from './config-problem.js';
import { mostProblems } from './file-limits.js';
import type { YamlSource } from './yaml-source.js';

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
