import { isScalar, visit } from 'yaml';
import type { ConfigProblem } from './config-problem.js';
import { mostProblems } from './file-limits.js';
import type { YamlSource } from './yaml-source.js';

/** What every JavaScript object has already; schemas drop such keys without a word. */
const unusable: readonly unknown[] = ['__proto__', 'constructor', 'prototype'];

/** One fault for each key that would vanish, such as a gadget named `constructor`. */
export function unusableKeys(source: YamlSource): readonly ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  visit(source.document, {
    Pair(_, { key }) {
      if (!isScalar(key) || !unusable.includes(key.value)) return undefined;
      problems.push({
        file: source.file,
        position: source.positionOf(key),
        message: `"${key.value}" cannot be a name here`,
        hint: 'Take another word: JavaScript keeps this one for itself.',
      });
      return problems.length < mostProblems ? undefined : visit.BREAK;
    },
  });
  return problems;
}
