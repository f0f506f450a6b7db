import { isScalar, visit } from 'yaml';
import type { ConfigProblem } from './config-error.js';
import { mostProblems } from './file-limits.js';
import type { YamlSource } from './yaml-source.js';

/** One fault for each value that begins with `!`, which is a tag to YAML and leaves nothing of the text. */
export function unquotedTags(source: YamlSource): readonly ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  visit(source.document, {
    Scalar(_, node) {
      if (!isScalar(node) || !node.tag?.startsWith('!') || node.tag.startsWith('!!')) return;
      if (problems.length >= mostProblems) return;
      problems.push({
        file: source.file,
        position: source.positionOf(node),
        message: 'a text that begins with ! must stand in quotes',
        hint: `Write: "${node.tag}"`,
      });
    },
  });
  return problems;
}
