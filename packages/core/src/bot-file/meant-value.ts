import { isCollection, isScalar, visit } from 'yaml';
import { type ConfigProblem, mostProblems, type YamlPath } from './config-error.js';
import type { YamlSource } from './yaml-source.js';

/**
 * What was meant by a value that YAML reads as something else than its writer: a text in brackets is a map or a list,
 * one behind a # a comment, and steps without brackets a text.
 * @param expectation what was expected, in words
 */
export function hintForMeant(
  source: YamlSource,
  path: YamlPath,
  expectation: string | undefined,
): string | undefined {
  const node = source.node(path);
  if (!node?.range || expectation === undefined) return undefined;
  const [begin, end] = node.range;
  const written = source.text.slice(begin, end).trim();
  if (isCollection(node)) {
    const isText = /\ba text\b/.test(expectation) && node.flow === true;
    return isText && !written.includes('\n')
      ? `Write: "${written.replaceAll('"', "'")}"`
      : undefined;
  }
  if (!isScalar(node)) return undefined;
  if (written === '' && node.value === null) return hintForComment(source.text.slice(end));
  const isList = /^expected a list\b/.test(expectation);
  return isList && !written.includes('\n')
    ? `Write: [${written.replace(/^["']|["']$/g, '')}]`
    : undefined;
}

function hintForComment(rest: string): string | undefined {
  const [line = ''] = rest.split(/\r?\n/, 1);
  const word = /^\s*(#[^\s#]\S*)/.exec(line)?.[1];
  return word && `A # begins a comment. Put the text in quotes: "${word}"`;
}

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
