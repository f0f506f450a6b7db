import type { YAMLError } from 'yaml';

/** A fault of YAML itself in our words. */
export interface SyntaxFault {
  /** Where its cause stands, from the start of the file. */
  readonly offset: number;
  readonly message: string;
  readonly hint: string;
}

/** A value on its line: the key or dash before it, what it begins with, the rest. */
const valueForm = /^(\s*(?:-\s+)?(?:[^\s#:][^#:]*:\s+)?)([{["'])(.*)$/;

/**
 * The text without quotes that a fault of the parser comes from: `{user} hi` is a map to YAML, and then something
 * else; `@alice` is nothing.
 */
export function findUnquoted({ code, pos }: YAMLError, text: string): SyntaxFault | undefined {
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
