import {
  type CommandContext,
  isRefusal,
  messageOf,
  type RegisterCommand,
  type Undo,
} from '@pertybot/core';
import type { RemoteGadget } from './remote-gadget.js';

/** Registers the chat command of a gadget elsewhere: `!lamp <verb:on|off|blink> [value:time|count]`. */
export function registerRemoteCommand(gadget: RemoteGadget, command: RegisterCommand): Undo {
  const { signature, types, example } = describeCommand(gadget);
  const { name, about, node } = gadget;
  const urgent = gadget.verbs.flatMap((verb) => (verb.urgent ? verb.name : []));
  // The signature is made at run time, so that the types of its arguments are not known.
  const run = async ({ args, reply, log }: CommandContext) => {
    const words = [args.verb, args.value].filter((word) => word !== undefined);
    const result = await gadget.perform(words.join(' '));
    if (isRefusal(result)) return result;
    if (result.text) {
      reply(result.text).catch((error: unknown) => {
        log.warn(`What "${name}" does could not be told: ${messageOf(error)}`, { error });
      });
    }
    return undefined;
  };
  return command(
    `${name} ${signature}` as string,
    { about: about || `A gadget of ${node}`, example, types, urgent, away: () => gadget.away },
    run,
  );
}

/** What the command is made of: when it is the same, the command stays. */
export function fingerprintOf(gadget: RemoteGadget): string {
  const { name, about, direct, verbs } = gadget;
  return JSON.stringify({ name, about, direct, verbs });
}

/** A name of a value as a signature takes it; others are one. */
function valueName(text: string): string {
  return /^[a-z][a-z0-9-]{0,20}$/i.test(text) ? text : 'value';
}

function describeCommand({ name, direct, verbs }: RemoteGadget) {
  const names = verbs.map((verb) => verb.name);
  const meant = verbs.find((verb) => verb.name === direct);
  const direction = meant?.value === undefined ? [] : [valueName(meant.value)];
  const values = new Set(
    verbs.flatMap(({ value }) => (value === undefined ? [] : valueName(value))),
  );
  const verbType = [...new Set([...direction, ...names])].join('|');
  const valueType = [...values].join('|');
  const isWord = (word: string) =>
    // What a value may be is known to its node alone.
    names.includes(word.toLowerCase()) || meant?.value !== undefined ? word : undefined;
  return {
    signature: [
      meant ? `[verb:${verbType}]` : `<verb:${verbType}>`,
      ...(values.size > 0 ? [`[value:${valueType}]`] : []),
    ].join(' '),
    types: { [verbType]: isWord, [valueType]: (word: string) => word },
    example: meant ? name : `${name} ${names[0] ?? ''}`.trim(),
  };
}
