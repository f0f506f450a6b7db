import type { ArgumentParser } from '../contracts/command-arguments.js';
import { parseDuration } from '../contracts/duration.js';
import { nearest } from '../contracts/nearest.js';

/** A kind of argument: how a word becomes a value, and what an example of it looks like. */
export interface ArgumentType {
  readonly parse: ArgumentParser;
  readonly example: string;
}

const truths: ReadonlyMap<string, boolean> = new Map([
  ['on', true],
  ['yes', true],
  ['true', true],
  ['off', false],
  ['no', false],
  ['false', false],
]);

const plain: Readonly<Record<string, ArgumentType>> = {
  string: { parse: (word) => word, example: 'word' },
  rest: { parse: (word) => word, example: 'some words' },
  duration: { parse: parseChatDuration, example: '10s' },
  user: { parse: parseUser, example: '@alice' },
  boolean: { parse: (word) => truths.get(word.toLowerCase()), example: 'on' },
  int: numberType({ whole: true }),
  number: numberType({ whole: false }),
};

const bounded = /^(int|number)\((-?[\d.]*)\.\.(-?[\d.]*)\)$/;

/**
 * The argument type of a signature by its name, such as `int(1..10)` or `on|off`.
 * @returns undefined when there is none of that name
 */
export function argumentType(name: string): ArgumentType | undefined {
  if (Object.hasOwn(plain, name)) return plain[name];
  if (name.includes('|')) return choiceType(name.split('|'));
  const bounds = bounded.exec(name);
  if (!bounds) return undefined;
  const least = bounds[2] ? Number(bounds[2]) : Number.NEGATIVE_INFINITY;
  const most = bounds[3] ? Number(bounds[3]) : Number.POSITIVE_INFINITY;
  if (Number.isNaN(least) || Number.isNaN(most) || least > most) return undefined;
  return numberType({ whole: bounds[1] === 'int', least, most });
}

/** Why {@link argumentType} knows no such type, and what there is. */
export function describeUnknownType(name: string): string {
  const [, kind, least = '', most = ''] = bounded.exec(name) ?? [];
  if (kind !== undefined) {
    return least !== '' && most !== '' && Number(least) > Number(most)
      ? `the bounds of "${name}" stand the wrong way round: write ${kind}(${most}..${least})`
      : `the bounds of "${name}" are no numbers: write ${kind}(1..10)`;
  }
  const [, number] = /^(int|number)\(.*\)?$/.exec(name) ?? [];
  if (number !== undefined) return `the bounds of "${name}" cannot be read: write ${number}(1..10)`;
  if (name.includes('|')) return `"${name}" has an empty choice`;
  const [word = '', ...bounds] = name.split('(');
  const meant = aliases.get(word.toLowerCase()) ?? nearest(word, Object.keys(plain));
  const guess = meant === undefined ? '' : ` Did you mean "${[meant, ...bounds].join('(')}"?`;
  return `the type "${name}" is unknown.${guess} There are ${Object.keys(plain).join(', ')}, int(1..10) and choices such as on|off`;
}

/** What other languages call them. */
const aliases: ReadonlyMap<string, string> = new Map([
  ['integer', 'int'],
  ['float', 'number'],
  ['double', 'number'],
  ['text', 'string'],
  ['str', 'string'],
  ['bool', 'boolean'],
  ['time', 'duration'],
  ['viewer', 'user'],
]);

/** Finds argument types like {@link argumentType}, each made but once for all commands that use it. */
export class ArgumentTypeCache {
  private readonly known = new Map<string, ArgumentType | undefined>();

  find(name: string): ArgumentType | undefined {
    if (!this.known.has(name)) this.known.set(name, argumentType(name));
    return this.known.get(name);
  }
}

function choiceType(choices: readonly string[]): ArgumentType | undefined {
  if (choices.some((choice) => choice === '')) return undefined;
  const byWord = new Map(choices.map((choice) => [choice.toLowerCase(), choice]));
  return { parse: (word) => byWord.get(word.toLowerCase()), example: choices[0] ?? '' };
}

interface Bounds {
  readonly whole: boolean;
  readonly least?: number;
  readonly most?: number;
}

function numberType({
  whole,
  least = Number.NEGATIVE_INFINITY,
  most = Number.POSITIVE_INFINITY,
}: Bounds): ArgumentType {
  const form = whole ? /^[+-]?\d{1,15}$/ : /^[+-]?(\d{1,15}(\.\d{1,15})?|\.\d{1,15})$/;
  return {
    parse: (word) => {
      const value = form.test(word) ? Number(word) : Number.NaN;
      return value >= least && value <= most ? value : undefined;
    },
    example: String(Number.isFinite(least) ? least : Number.isFinite(most) ? most : 3),
  };
}

/** Viewers may leave the unit out: seconds. */
function parseChatDuration(word: string): number | undefined {
  return parseDuration(/^\d+(\.\d+)?$/.test(word) ? `${word}s` : word);
}

function parseUser(word: string): string | undefined {
  const login = word.replace(/^@/, '').replace(/,$/, '').toLowerCase();
  return /^[a-z0-9_]{1,25}$/.test(login) ? login : undefined;
}
