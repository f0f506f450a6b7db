import { transform } from 'sucrase';
import { parse } from 'sucrase/dist/parser/index.js';
import { ContextualKeyword } from 'sucrase/dist/parser/tokenizer/keywords.js';
import { TokenType } from 'sucrase/dist/parser/tokenizer/types.js';
import { keepColumns } from './keep-columns.mjs';
import { MirrorError, positionOf } from './mirror-error.mjs';
import { TracedText } from './traced-text.mjs';

const typescript = /\.[cm]?tsx?$/;

const decorators =
  'Decorators need a build: bind values and factories instead, or make the plugin a package.';
const defaultExport = 'Write: export default definePlugin({ … });';

/**
 * Takes the types out of a file, if it has any.
 * @throws MirrorError for what is no TypeScript, and for TypeScript that is more than JavaScript with types
 */
export function stripTypes(file, text) {
  if (/\.[jt]sx$/.test(file)) {
    const hint = `Name the file "${file.replace(/^.*[/\\]/, '').replace(/x$/, '')}" and write no elements in it.`;
    throw new MirrorError(file, 'JSX is not understood', { ...firstElement(text), hint });
  }
  if (!typescript.test(file)) return TracedText.of(text);
  try {
    refuseBeyondTypes(file, text);
    const options = { transforms: ['typescript'], disableESTransforms: true, filePath: file };
    const { code } = transform(text, { ...options, preserveDynamicImport: true });
    return keepColumns(text, code);
  } catch (error) {
    throw error instanceof MirrorError
      ? error
      : (jsxError(file, text) ?? syntaxError(file, text, error));
  }
}

/** What is no TypeScript since it has elements, such as a component that was copied from a page. */
function jsxError(file, text) {
  const place = firstElement(text);
  const hint = 'Chat shows text alone: write it in quotes, not as an element.';
  return place && new MirrorError(file, 'JSX is not understood', { ...place, hint });
}

/** Where the first element of JSX stands; undefined where there is none, or the text is no JSX either. */
function firstElement(text) {
  try {
    const { tokens } = parse(text, true, true, false);
    const first = tokens.find(({ type }) => type === TokenType.jsxTagStart);
    return first && positionOf(text, first.start);
  } catch {
    return undefined;
  }
}

/** Sucrase's own words and place, which stand at their beginning and end. */
function syntaxError(file, text, error) {
  const place = /\((\d+):(\d+)\)\s*$/.exec(error.message);
  const message = error.message
    .replace(/^Error transforming .*?: (?=[^:]*$)/, '')
    .replace(/\s*\(\d+:\d+\)\s*$/, '');
  if (!place) return new MirrorError(file, message);
  const [line, column] = [Number(place[1]), Number(place[2])];
  const source = text.split('\n')[line - 1] ?? '';
  // The only place where a decorator is no syntax that the parser knows is a parameter.
  if (source[column - 1] === '@') {
    return new MirrorError(file, 'decorators are not JavaScript', {
      line,
      column,
      hint: decorators,
    });
  }
  return new MirrorError(file, message, { line, column });
}

/** What is no type, yet would be dropped in silence, or end in words that lead nowhere. */
function refuseBeyondTypes(file, text) {
  const { tokens } = parse(text, false, true, false);
  const written = ({ start, end }) => text.slice(start, end);
  const refuse = (token, message, hint) => {
    throw new MirrorError(file, message, { ...positionOf(text, token.start), hint });
  };
  for (const [at, token] of tokens.entries()) {
    const next = tokens[at + 1];
    const afterNext = tokens[at + 2];
    if (token.type === TokenType.at && !token.isType) {
      refuse(token, 'decorators are not JavaScript', decorators);
    }
    if (token.type === TokenType._export && next?.type === TokenType.eq) {
      refuse(token, '"export =" is CommonJS', defaultExport);
    }
    if (token.type === TokenType._import && afterNext?.type === TokenType.eq) {
      const source = tokens[at + 5];
      const isRequire = tokens[at + 3]?.contextualKeyword === ContextualKeyword._require;
      const hint = isRequire
        ? `Write: import ${written(next)} from ${source ? written(source) : '…'};`
        : `Write: const ${written(next)} = …;`;
      refuse(token, '"import … =" is CommonJS', hint);
    }
    if (isNamespace(tokens, at) && hasValues(tokens, at)) {
      const name = written(next);
      refuse(
        token,
        `the namespace "${name}" has values, which are not stripped`,
        `Put them into a file of their own and import that, or write: const ${name} = { … };`,
      );
    }
  }
}

/** Whether a namespace that is more than a declaration begins at this token. */
function isNamespace(tokens, at) {
  const { isType, contextualKeyword, type } = tokens[at];
  const isWord =
    type === TokenType.name &&
    (contextualKeyword === ContextualKeyword._namespace ||
      contextualKeyword === ContextualKeyword._module);
  if (!isType || !isWord || tokens[at - 1]?.type === TokenType._declare) return false;
  const brace = tokens.findIndex(({ type }, index) => index > at && type === TokenType.braceL);
  // Its name, perhaps with dots, and nothing else.
  const between = tokens.slice(at + 1, brace);
  return (
    between.length > 0 &&
    between.every(({ type }) => type === TokenType.name || type === TokenType.dot)
  );
}

const values = new Set([
  TokenType._const,
  TokenType._let,
  TokenType._var,
  TokenType._function,
  TokenType._class,
  TokenType._enum,
]);

/** Whether the block that follows holds more than types. */
function hasValues(tokens, at) {
  let depth = 0;
  for (let index = at; index < tokens.length; index += 1) {
    const { type } = tokens[index];
    if (type === TokenType.braceL) depth += 1;
    if (type === TokenType.braceR && --depth === 0) return false;
    if (depth > 0 && values.has(type) && tokens[index - 1]?.type !== TokenType._declare)
      return true;
  }
  return false;
}
