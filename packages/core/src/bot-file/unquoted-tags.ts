import { isScalar, visit } from 'yaml';
import type { ConfigProblem } from './config-error.js';
import { mostProblems } from './file-limits.js';
import type { YamlSource } from './yaml-source.js';

/**
 * One fault for each value that begins with `!`, which is a tag to YAML and leaves nothing of the text, or with quotes
 * that are none.
 */
export function unquotedTags(source: YamlSource): readonly ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  visit(source.document, {
    Scalar(_, node) {
      const curly = node.type === 'PLAIN' ? curlyQuotes(String(node.value)) : undefined;
      if (curly && problems.length < mostProblems) {
        problems.push({ file: source.file, position: source.positionOf(node), ...curly });
      }
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

/** Quotes as a text program writes them are letters to YAML. */
function curlyQuotes(text: string): Pick<ConfigProblem, 'message' | 'hint'> | undefined {
  const inner = /^[“”„«»‘’‚]+(.*?)[“”«»‘’]*$/.exec(text)?.[1];
  if (inner === undefined) return undefined;
  return { message: 'these quotes are letters to YAML', hint: `Write: "${inner}"` };
}
