import { isRefusal, type Refusal, v } from '@pertybot/core';
import type { Gadget, Performed } from '../gadget.js';
import { GadgetError } from '../gadget-error.js';
import { defineGadget } from '../gadget-kind.js';
import { type Verb, type VerbResult, verb } from '../verbs/verb.js';

/** Several gadgets as one: what all of them can do. */
export const group = defineGadget({
  type: 'group',
  about: 'Several gadgets as one: what all of them can do',
  last: true,
  entries: {
    gadgets: v.pipe(
      v.array(v.string()),
      v.minLength(1, 'expected at least one gadget'),
      v.description('Names of its members.'),
    ),
  },
  switches: () => [],
  async create({ name, find }, config) {
    const members = () => config.gadgets.flatMap((member) => find(member) ?? []);
    const missing = config.gadgets.find((member) => !find(member));
    if (missing !== undefined) {
      throw new GadgetError('GADGET_CONFIG_INVALID', `The group "${name}" has no "${missing}".`, {
        hint: `Name gadgets of plugins.yaml that are not groups after it: ${config.gadgets.join(', ')}.`,
      });
    }
    return {
      drives: config.gadgets,
      get state() {
        const states = new Set(members().map(({ state }) => state));
        return [...states].join(' and ');
      },
      verbs: commonVerbs(members(), members),
      switchOff: () => Promise.all(members().map((member) => member.switchOff())),
    };
  },
});

function commonVerbs(
  built: readonly Gadget[],
  members: () => readonly Gadget[],
): Readonly<Record<string, Verb>> {
  const [first, ...others] = built;
  const names = (first?.verbs ?? []).filter(({ name }) =>
    others.every(({ verbs }) => verbs.some((other) => other.name === name)),
  );
  return Object.fromEntries(
    names.map(({ name, about, value, reply, urgent = false }) => [
      name,
      verb<string>({
        about,
        urgent,
        ...(reply === undefined ? {} : { reply }),
        ...(value === undefined ? {} : { value: anyValue(value) }),
        ...longestOf(built, name),
        run: ({ value: text = '', signal }) => performAll(members(), `${name} ${text}`, signal),
      }),
    ]),
  );
}

/** How long the verb goes on, where all of its members say so. */
function longestOf(members: readonly Gadget[], name: string): { lasts?: number } {
  const times = members.map(({ verbs }) => verbs.find((each) => each.name === name)?.lasts);
  const lasts = Math.max(...times.map((time) => time ?? Number.NaN));
  return Number.isNaN(lasts) ? {} : { lasts };
}

/** The members judge it themselves. */
function anyValue(name: string) {
  return { name, expected: name, example: '', parse: (text: string) => text };
}

/** Has all of them do it. Refused when all of them refuse. */
async function performAll(
  members: readonly Gadget[],
  action: string,
  signal: AbortSignal,
): Promise<VerbResult> {
  const results = await Promise.all(members.map((member) => member.perform(action)));
  const refusals = results.filter((result): result is Refusal => isRefusal(result));
  if (refusals.length === results.length) return refusals[0];
  const stop = () => void Promise.all(members.map((member) => member.stop()));
  signal.addEventListener('abort', stop, { once: true });
  const done = Promise.all(results.map((result) => (isRefusal(result) ? undefined : result.done)));
  const lasts = longestIn(results);
  return { rest: done.finally(() => signal.removeEventListener('abort', stop)), lasts };
}

/** How long those that go on take, where all of them say so. */
function longestIn(results: readonly (Refusal | Performed)[]): number | undefined {
  const times = results.flatMap((result) => (isRefusal(result) ? [] : [result.lasts]));
  return times.includes(undefined) ? undefined : Math.max(...times.map((time) => time ?? 0));
}
