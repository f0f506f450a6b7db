import { CommandError } from '../contracts/command.js';
import type { ArgumentParsers } from '../contracts/command-arguments.js';
import { type ArgumentType, ArgumentTypeCache, describeUnknownType } from './argument-types.js';
import { hasPrefix } from './command-tuning.js';

interface Parameter {
  readonly name: string;
  readonly required: boolean;
  /** Takes all that is left of the line. */
  readonly rest: boolean;
  readonly type: ArgumentType;
}

/** A signature such as `lamp <state:on|off> [for:duration]`, ready to parse what chat writes. */
export interface CommandSignature {
  /** Name of the command, lower case. */
  readonly name: string;
  /** Parameters as they are shown in the usage: `<state:on|off> [for:duration]`. */
  readonly parameters: string;
  /** Arguments of a call that works: `on 10s`. */
  readonly example: string;
  /** Whether it has argument types of the author's own, which may throw. */
  readonly hasOwnTypes: boolean;
  /** @returns the arguments by name, or undefined when the words do not fit */
  parse(words: ArgumentWords): Readonly<Record<string, unknown>> | undefined;
}

/** What stands behind the name of a command. */
export interface ArgumentWords {
  readonly words: readonly Word[];
  /** The line from the first word to its end. */
  readonly line: string;
}

/** A word of a chat line; quotes keep spaces. */
export interface Word {
  readonly text: string;
  /** Where it begins in the line. */
  readonly start: number;
}

const nameForm = /^[^\s<>[\]]+$/u;
const parameterForm = /^(?:<([^<>]*)>|\[([^[\]]*)\])$/;
const innerForm = /^([A-Za-z_]\w*)(?:(\.\.\.)|:(.+))?$/;

/**
 * Reads a signature.
 * @param types argument types of the author's own
 * @param shared argument types that other signatures have made
 * @throws CommandError COMMAND_SIGNATURE_INVALID
 */
export function parseSignature(
  signature: string,
  types: ArgumentParsers = {},
  shared = new ArgumentTypeCache(),
): CommandSignature {
  const [name = '', ...rest] = splitSignature(signature);
  const fail = (what: string): never => {
    throw new CommandError(
      'COMMAND_SIGNATURE_INVALID',
      `In the signature "${signature}" ${what}.`,
      {
        hint: 'Write it like "lamp <state:on|off> [for:duration]".',
      },
    );
  };
  if (!nameForm.test(name)) fail('the name is missing');
  if (hasPrefix(name)) {
    fail(`the name "${name}" has a prefix, which the owner of the bot chooses: leave it away`);
  }
  const typeOf = (typeName: string): ArgumentType | undefined => {
    const own = Object.hasOwn(types, typeName) ? types[typeName] : undefined;
    return own ? { parse: own, example: typeName } : shared.find(typeName);
  };
  const parameters = rest.map((part) => parseParameter(part, typeOf, fail));
  parameters.forEach((parameter, index) => {
    const last = index === parameters.length - 1;
    if (parameter.rest && !last) fail(`"${parameter.name}" takes the rest but is not the last`);
    const before = parameters[index - 1];
    if (parameter.required && before && !before.required) {
      fail(`the required "${parameter.name}" stands behind the optional "${before.name}"`);
    }
    if (parameters.findIndex((other) => other.name === parameter.name) !== index) {
      fail(`"${parameter.name}" stands twice`);
    }
  });
  const required = parameters.filter((parameter) => parameter.required);
  return {
    name: name.toLowerCase(),
    parameters: rest.join(' '),
    example: (required.length > 0 ? required : parameters)
      .map(({ type }) => type.example)
      .join(' '),
    hasOwnTypes: Object.keys(types).length > 0,
    parse: (words) => parseArguments(parameters, words),
  };
}

/**
 * Refuses a signature that is none: an author in JavaScript may give the arguments in any order.
 * @throws CommandError COMMAND_SIGNATURE_INVALID
 */
export function requireSignature(given: unknown): asserts given is string {
  if (typeof given === 'string') return;
  throw new CommandError(
    'COMMAND_SIGNATURE_INVALID',
    `The signature of a command is a text, not ${given === null ? 'null' : `a ${typeof given}`}.`,
    { hint: 'Write: command("hi", { about: "Says hi" }, ({ reply }) => reply("Hi!"))' },
  );
}

/** Splits at spaces outside of brackets. */
function splitSignature(signature: string): readonly string[] {
  return signature.trim().match(/<[^>]*>|\[[^\]]*\]|[^\s<>[\]]+|[<>[\]]/gu) ?? [];
}

function parseParameter(
  part: string,
  typeOf: (name: string) => ArgumentType | undefined,
  fail: (what: string) => never,
): Parameter {
  const match = parameterForm.exec(part) ?? fail(describeNoParameter(part));
  const inner = innerForm.exec(match[1] ?? match[2] ?? '') ?? fail(`"${part}" has no proper name`);
  const [, name = '', dots, typeName = dots ? 'rest' : 'string'] = inner;
  return {
    name,
    required: match[1] !== undefined,
    rest: typeName === 'rest',
    type: typeOf(typeName) ?? fail(describeUnknownType(typeName)),
  };
}

function describeNoParameter(part: string): string {
  if (part === '<' || part === '[') return `a "${part}" has no "${part === '<' ? '>' : ']'}"`;
  return `"${part}" is neither <required> nor [optional]`;
}

function parseArguments(
  parameters: readonly Parameter[],
  { words, line }: ArgumentWords,
): Readonly<Record<string, unknown>> | undefined {
  const values: Record<string, unknown> = {};
  let next = 0;
  for (const parameter of parameters) {
    const word = words[next];
    if (word === undefined) {
      if (parameter.required) return undefined;
      continue;
    }
    const text = parameter.rest ? restOf(words, next, line) : word.text;
    const value = parameter.type.parse(text);
    if (value === undefined) return undefined;
    values[parameter.name] = value;
    next = parameter.rest ? words.length : next + 1;
  }
  return next === words.length ? values : undefined;
}

/** All that is left; quotes around the whole of it are dropped. */
function restOf(words: readonly Word[], next: number, line: string): string {
  const only = words.length - next === 1 ? words[next] : undefined;
  return only ? only.text : line.slice(words[next]?.start ?? 0).trimEnd();
}

/** A call of a command that works. The author's may begin with a prefix, and has the author's own name for the command. */
export function exampleOf(
  name: string,
  signature: CommandSignature,
  given: string | undefined,
): string {
  if (given === undefined) return `${name} ${signature.example}`.trim();
  const [first = '', ...others] = given.trim().split(/\s+/);
  const named = first.toLowerCase().endsWith(signature.name);
  return [name, ...(named ? [] : [first]), ...others].join(' ');
}
