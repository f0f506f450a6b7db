import {
  type CommandContext,
  isRefusal,
  messageOf,
  type RegisterCommand,
  type Undo,
} from '@pertybot/core';
import type { Crowd } from '../crowd/crowd.js';
import type { VerbTable } from '../verbs/action.js';
import type { Verb } from '../verbs/verb.js';
import type { ConfiguredGadget } from './configured-gadget.js';

/** Registers the chat command of a gadget: `!lamp <verb:on|off|blink> [value:time|count]`. */
export function registerGadgetCommand(
  gadget: ConfiguredGadget,
  command: RegisterCommand,
  crowd?: Crowd,
): Undo {
  const { signature, types, example } = describeCommand(gadget.verbTable);
  const { name, about } = gadget;
  const urgent = gadget.verbs.flatMap((verb) => (verb.urgent ? verb.name : []));
  // The signature is made at run time, so that the types of its arguments are not known.
  const run = (context: CommandContext) => {
    const line = toLine(context.args);
    // Whoever has paid asks no crowd, which might want something else.
    const asksCrowd = crowd && context.redemption === undefined;
    const asked = asksCrowd ? crowd.ask(line, context.user) : gadget.perform(line);
    return asked.then((result) => {
      if (isRefusal(result)) return result;
      if (result.text) {
        // The gadget has moved, whenever chat may hear of it.
        context.reply(result.text).catch((error: unknown) => {
          context.log.warn(`What "${name}" does could not be told: ${messageOf(error)}`, { error });
        });
      }
      return undefined;
    });
  };
  return command(
    `${name} ${signature}` as string,
    {
      about,
      example: `${name} ${example}`.trim(),
      types,
      urgent,
      ...(gadget.onlyLive ? { onlyLive: true } : {}),
      away: () => gadget.away,
    },
    run,
  );
}

/** The words of a call, as a gadget takes them. */
function toLine({ verb, value }: CommandContext['args']): string {
  if (value === undefined) return verb === undefined ? '' : String(verb);
  return verb === undefined ? String(value) : `${verb} ${value}`;
}

interface CommandDescription {
  readonly signature: string;
  readonly types: Readonly<Record<string, (word: string) => string | undefined>>;
  readonly example: string;
}

/** How the verbs of a gadget look as the parameters of a command. */
function describeCommand({ verbs, direct }: VerbTable): CommandDescription {
  const meant = direct === undefined ? undefined : verbs.get(direct);
  const first = [...(meant?.value ? [meant.value.name] : []), ...verbs.keys()];
  const values = new Set([...verbs.values()].flatMap(({ value }) => value?.name ?? []));
  const optional = meant !== undefined && !meant.value?.required;
  const verbType = [...new Set(first)].join('|');
  const valueType = [...values].join('|');
  // A name of our own for the type shows in the usage; what a value may be depends on the verb.
  const isWord = (word: string) => (isKnown(word, verbs, meant) ? word : undefined);
  return {
    signature: [
      optional ? `[verb:${verbType}]` : `<verb:${verbType}>`,
      ...(values.size > 0 ? [`[value:${valueType}]`] : []),
    ].join(' '),
    types: { [verbType]: isWord, [valueType]: (word) => word },
    example: exampleOf(verbs, meant),
  };
}

function isKnown(word: string, verbs: ReadonlyMap<string, Verb>, meant: Verb | undefined): boolean {
  return verbs.has(word.toLowerCase()) || meant?.value?.parse(word) !== undefined;
}

function exampleOf(verbs: ReadonlyMap<string, Verb>, meant: Verb | undefined): string {
  const [first] = verbs.keys();
  return meant?.value ? meant.value.example : (first ?? '');
}
