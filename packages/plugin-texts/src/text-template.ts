import { nearest } from '@pertybot/core';

/** Values for the names of a template. */
export type TemplateValues = Readonly<Record<string, string | number>>;

/** Names in braces of a command's text and of a timed one. */
export const commandNames: readonly string[] = ['user', 'args', 'count'];

type Part =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'value'; readonly name: string }
  | { readonly kind: 'random'; readonly choices: readonly string[] };

/** A text with `{user}`, `{args}`, `{count}` and `{random: a | b}` in it. */
export interface TextTemplate {
  /** The names that it has. */
  readonly names: readonly string[];
  /** Whether it shows `{count}`. */
  readonly counts: boolean;
  /**
   * The text with `values` in it. What stands in a value is never taken as a template.
   * @param random gives a number from 0 up to, not including, 1
   */
  render(values: TemplateValues, random: () => number): string;
}

const placeholder = /\{([^{}]*)\}/g;

/** What is wrong with a template, as a sentence for plugins.yaml; undefined when nothing is. */
export function findTemplateFault(text: string, names = commandNames): string | undefined {
  for (const [whole, inner = ''] of text.matchAll(placeholder)) {
    if (toPart(inner, names) !== undefined) continue;
    const known = names.map((name) => `{${name}}`).join(', ');
    const meant = nearest(inner.trim(), names);
    const hint = meant === undefined ? '' : `; did you mean {${meant}}?`;
    return `expected ${known} or {random: a | b} in place of ${whole}${hint}`;
  }
  return undefined;
}

/** Reads a template in which {@link findTemplateFault} finds nothing. */
export function parseTemplate(text: string, names = commandNames): TextTemplate {
  const parts: Part[] = [];
  let from = 0;
  for (const match of text.matchAll(placeholder)) {
    parts.push({ kind: 'literal', text: text.slice(from, match.index) });
    parts.push(toPart(match[1] ?? '', names) ?? { kind: 'literal', text: match[0] });
    from = match.index + match[0].length;
  }
  parts.push({ kind: 'literal', text: text.slice(from) });
  const shown = parts.filter((part) => part.kind !== 'literal' || part.text !== '');
  const used = shown.flatMap((part) => (part.kind === 'value' ? [part.name] : []));
  return {
    names: used,
    counts: used.includes('count'),
    render: (values, random) => render(shown, values, random),
  };
}

function toPart(inner: string, names: readonly string[]): Part | undefined {
  const name = names.find((each) => each === inner.trim());
  if (name !== undefined) return { kind: 'value', name };
  const list = /^\s*random\s*:(.*)$/s.exec(inner)?.[1];
  if (list === undefined) return undefined;
  return { kind: 'random', choices: list.split('|').map((choice) => choice.trim()) };
}

function render(parts: readonly Part[], values: TemplateValues, random: () => number): string {
  const pieces = parts.map((part) => ({
    text: textOf(part, values, random),
    isGiven: part.kind === 'value',
  }));
  const text = pieces.map((piece) => piece.text).join('');
  return beginsWithGiven(pieces) ? harmless(text) : text;
}

interface Piece {
  readonly text: string;
  /** Whether a viewer made it up. */
  readonly isGiven: boolean;
}

/** Whether the first word of the finished text, which bots take for a command, has a viewer's words in it. */
function beginsWithGiven(pieces: readonly Piece[]): boolean {
  let isBegun = false;
  for (const { text, isGiven } of pieces) {
    for (const character of text) {
      const isBlank = blank.test(character);
      if (isBlank && isBegun) return false;
      if (!isBlank && isGiven) return true;
      isBegun ||= !isBlank;
    }
  }
  return false;
}

/** What others do not see, and bots may take off. */
const blank = /[\s\p{Cc}\p{Cf}\p{Mn}\u115f\u1160\u2800\u3164\uffa0]/u;

function textOf(part: Part, values: TemplateValues, random: () => number): string {
  if (part.kind === 'literal') return part.text;
  if (part.kind === 'value') return String(values[part.name] ?? '');
  return part.choices[Math.floor(random() * part.choices.length)] ?? '';
}

/** Keeps a text that begins with a viewer's words from being a command to Twitch or to another bot. */
function harmless(text: string): string {
  return /^[\p{L}\p{N}@]/u.test(text) ? text : `\u200B${text}`;
}
