import { type Document, isCollection, isScalar, type Node, visit, type YAMLError } from 'yaml';
import { findInBrackets, type SyntaxFault } from './flow-fault.js';

/** What a fault of the parser comes from, and where that stands; its own words where we have none. */
export function describeSyntax(error: YAMLError, text: string, document: Document): SyntaxFault {
  const inBrackets = isCutShort(error) ? findInBrackets(text, error.pos[0]) : undefined;
  const unquoted = inBrackets ?? findUnquoted(error, text);
  if (unquoted) return unquoted;
  const [offset] = error.pos;
  const found = explain(error, { text, document, offset });
  if (found) return { offset, ...found };
  const [line = error.message] = error.message.split('\n');
  return {
    offset,
    message: line.replace(/ at line \d+, column \d+:?$/, ''),
    hint: 'Check the indentation, brackets and quotes.',
  };
}

/** Whether it only follows from a fault before it, at which the parser gave up a line, or all. */
export function isFollowing(
  { code, message }: YAMLError,
  { line, told }: { readonly line: number; readonly told: ReadonlySet<number> },
): boolean {
  if (code !== 'UNEXPECTED_TOKEN') return false;
  return told.has(line) || (told.size > 0 && message.includes('token in YAML stream'));
}

/** Whether a value goes on though the parser took it for done. */
function isCutShort({ code, message }: YAMLError): boolean {
  return (
    (code === 'UNEXPECTED_TOKEN' && message.includes('at node end')) ||
    (code === 'MISSING_CHAR' && message.startsWith('Missing , or :'))
  );
}

interface Surroundings {
  readonly text: string;
  readonly document: Document;
  readonly offset: number;
}

type Explained = Pick<SyntaxFault, 'message' | 'hint'> & { readonly offset?: number };

function explain({ code, message }: YAMLError, around: Surroundings): Explained | undefined {
  const { text, offset } = around;
  switch (code) {
    case 'TAB_AS_INDENT':
      return { message: 'a tab indents this line', hint: 'Indent with spaces.' };
    case 'MULTIPLE_DOCS':
      return {
        message: 'a second YAML document begins here',
        hint: 'Remove the line of three dashes.',
      };
    case 'BLOCK_AS_IMPLICIT_KEY':
      return nestedKey(lineAt(text, offset));
    case 'BLOCK_IN_FLOW':
      return {
        message: 'a comma is missing behind this value',
        hint: 'Write a comma between two keys: { type: light, pin: GPIO17 }',
      };
    case 'MULTILINE_IMPLICIT_KEY':
      return (
        missingSpace(lineAt(text, offset)) ?? {
          message: 'a line without a colon stands here',
          hint: 'Write "key: value", or put a text of several lines in quotes.',
        }
      );
    case 'MISSING_CHAR':
      if (/^Missing closing/.test(message)) return openQuote(around);
      return /^Comments must/.test(message) ? comment(lineAt(text, offset), offset) : undefined;
    case 'BAD_INDENT':
      return /^Flow /.test(message) ? openBracket(around) : wrongColumn;
    default:
      return undefined;
  }
}

const wrongColumn: Explained = {
  message: 'this line does not begin where the lines around it do',
  hint: 'Indent all keys of one map, and all dashes of one list, by the same number of spaces.',
};

/** `prefix:"!"` is a text to YAML. */
function missingSpace(line: string): Explained | undefined {
  const [, key, value] = /^\s*(?:- )?([\w-]+):(\S.*)$/.exec(line) ?? [];
  if (key === undefined) return undefined;
  return { message: 'a space is missing behind the colon', hint: `Write: ${key}: ${value}` };
}

/** `hello: Dear user: hi` has two colons; else a line is indented too far. */
function nestedKey(line: string): Explained {
  const value = /^\s*(?:- )?[^\s#:'"][^:]*:\s+(\S.*:(?:\s.*)?)$/.exec(line)?.[1];
  if (value === undefined) {
    return {
      message: 'the line below this value is indented more than its key',
      hint: 'Give each key of a map the same indentation.',
    };
  }
  return {
    message: 'a text with a colon and a space in it must stand in quotes',
    hint: `Write: ${quoted(value)}`,
  };
}

function openQuote({ text, document, offset }: Surroundings): Explained {
  const isOpen = (node: Node) =>
    isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE');
  const begin = lastBefore(document, offset, isOpen) ?? offset;
  const sign = text.charAt(begin) === "'" ? "'" : '"';
  return { offset: begin, message: 'these quotes are not closed', hint: `Close them with ${sign}` };
}

/** A bracket that is not closed; a # in it may have taken the rest of its line for a comment. */
function openBracket({ text, document, offset }: Surroundings): Explained {
  const isFlow = (node: Node) => isCollection(node) && node.flow === true;
  const begin = lastBefore(document, offset, isFlow) ?? offset;
  const opened = text.charAt(begin);
  const end = opened === '{' ? '}' : ']';
  const rest = lineAt(text, begin, begin);
  const swallowed = /[\s[{,](#[^\s,\]}]+)/.exec(rest);
  if (swallowed?.[1] !== undefined) {
    return comment(rest, begin + swallowed.index + 1);
  }
  return {
    offset: begin,
    message: `the bracket ${opened} is not closed`,
    hint: `Close it with ${end}`,
  };
}

function comment(line: string, offset: number): Explained {
  const word = /#[^\s,\]}]*/.exec(line)?.[0] ?? '#';
  return {
    offset,
    message: 'a # begins a comment, which takes the rest of the line',
    hint: `Put the text in quotes: ${quoted(word)}`,
  };
}

/** Where the last node before `offset` begins that is what `fits` says. */
function lastBefore(
  document: Document,
  offset: number,
  fits: (node: Node) => boolean,
): number | undefined {
  let begin: number | undefined;
  visit(document, {
    Node: (_, node) => {
      const at = node.range?.[0];
      if (at !== undefined && at < offset && fits(node)) begin = Math.max(begin ?? 0, at);
    },
  });
  return begin;
}

function lineAt(text: string, offset: number, begin = text.lastIndexOf('\n', offset - 1) + 1) {
  return text.slice(begin).split(/\r?\n/, 1)[0] ?? '';
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/** A value on its line: the key or dash before it, what it begins with, the rest. */
const valueForm = /^(\s*(?:-\s+)?(?:[^\s#:][^#:]*:\s+)?)([{["'])(.*)$/;

/**
 * The text without quotes that a fault of the parser comes from: `{user} hi` is a map to YAML, and then something
 * else; `@alice` is nothing.
 */
function findUnquoted({ code, pos }: YAMLError, text: string): SyntaxFault | undefined {
  const [at] = pos;
  if (code === 'BAD_SCALAR_START') return toUnquoted(at, text.slice(at).split(/[\s,\]}]/)[0] ?? '');
  if (code !== 'UNEXPECTED_TOKEN') return undefined;
  const begin = text.lastIndexOf('\n', at - 1) + 1;
  const [line = ''] = text.slice(begin).split(/\r?\n/, 1);
  const [, before = '', first = '', rest = ''] = valueForm.exec(line) ?? [];
  if (first === '' || begin + before.length >= at) return undefined;
  return toUnquoted(begin + before.length, first + rest.replace(/\s+#.*$/, ''));
}

function toUnquoted(offset: number, text: string): SyntaxFault {
  const first = text.charAt(0);
  const isQuoted = first === '"' || first === "'";
  const message = isQuoted
    ? 'something stands behind the quotes'
    : `a text that begins with ${first} must stand in quotes`;
  const inner = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  const hint = isQuoted ? 'Put all of it into one pair of quotes.' : `Write: "${inner}"`;
  return { offset, message, hint };
}
