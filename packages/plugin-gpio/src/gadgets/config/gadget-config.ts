import { type DeclaredGadget, nearest, v } from '@pertybot/core';
import { namesIn } from '@pertybot/core/host';
import { described } from '../../described.js';
import { crowdPolicy } from '../crowd/crowd-policy.js';
import type { GadgetKind } from '../gadget-kind.js';
import { firstPartyKinds } from '../kinds/first-party.js';
import { busyPolicy } from '../queue/gadget-runner.js';

const replyNames = ['gadget', 'state', 'value', 'times'];

const gadgetReply = v.pipe(
  v.string('expected a text'),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const wrong = namesIn(dataset.value).find((name) => !replyNames.includes(name));
    if (wrong === undefined) return;
    const meant = nearest(wrong, replyNames);
    const hint = meant === undefined ? '' : `; did you mean {${meant}}?`;
    const known = '{gadget}, {state}, {value} or {times}';
    addIssue({ message: `expected ${known} in place of {${wrong}}${hint}` });
  }),
);

/** Keys in plugins.yaml that every gadget has. */
const commonEntries = {
  about: described(v.optional(v.string()), 'What it is, for !help and "pertybot gadgets".'),
  verbs: described(
    v.optional(v.array(v.string())),
    'Verbs that chat may use, such as [on, off]; without it all.',
  ),
  replies: described(
    v.optional(v.record(v.string(), gadgetReply), {}),
    'What chat is told, by verb, with {gadget}, {state}, {value} and {times}.',
  ),
  busy: described(
    v.optional(busyPolicy()),
    'What a new verb does while another one goes on: replace, refuse or queue(20).',
  ),
  crowd: described(
    v.optional(crowdPolicy()),
    'Lets chat decide together: vote(10s), first or random.',
  ),
  off: described(
    v.optional(v.literal('anyone', 'expected anyone')),
    'Who may switch it off without asking the crowd, beside those who always may.',
  ),
  onlyLive: described(
    v.optional(v.boolean('expected true or false'), false),
    'Closes its command and rewards while the stream is offline; off works always.',
  ),
  mode: described(
    v.optional(v.picklist(['live', 'dry-run']), 'live'),
    'dry-run leaves its pins alone and logs what it would do.',
  ),
};

const commonKeys: ReadonlySet<string> = new Set(Object.keys(commonEntries));

const knownTypes = firstPartyKinds.map(({ type }) => type);

/** What all gadgets have in common, as the schema gives it. */
export type CommonGadgetConfig = v.InferOutput<
  v.StrictObjectSchema<typeof commonEntries, undefined>
>;

/** One gadget under `gadgets:`, checked as far as its kind is known. */
export type GadgetConfig = CommonGadgetConfig & {
  readonly type: string;
  readonly [key: string]: unknown;
};

/** Schema of a gadget of `kind`. */
export function schemaOfKind({ type, about, entries }: GadgetKind) {
  return v.strictObject({ type: described(v.literal(type), about), ...commonEntries, ...entries });
}

/** Types that other plugins bring. */
export interface ForeignKinds {
  readonly kinds: readonly DeclaredGadget[];
  /** Whether there may be more of them. */
  readonly mayBeMore: boolean;
}

const anybody: ForeignKinds = { kinds: [], mayBeMore: true };

/** A type of another plugin: its own keys are checked when that plugin brings the kind. */
function foreignSchema() {
  return v.looseObject({
    type: v.pipe(
      v.string(),
      // An editor's schema has it too, so that a light with a wrong key is not taken for one of these.
      v.regex(new RegExp(`^(?!(?:${knownTypes.join('|')})$)`)),
      v.description('A type that another plugin brings.'),
    ),
    ...commonEntries,
  });
}

/** A kind of another plugin, with its keys where that plugin says them. */
function schemaOfForeign(kind: DeclaredGadget) {
  if (isGadgetKind(kind)) return schemaOfKind(kind);
  const type = described(v.literal(kind.type), 'A type that another plugin brings.');
  return v.looseObject({ type, ...commonEntries });
}

/** Whether a plugin says all of a kind that it brings. */
export function isGadgetKind(kind: DeclaredGadget): kind is GadgetKind {
  return 'entries' in kind && typeof kind.entries === 'object';
}

/** Schema of one gadget under `gadgets:` in plugins.yaml. */
export function gadgetSchema({ kinds, mayBeMore }: ForeignKinds = anybody) {
  return v.pipe(
    v.variant(
      'type',
      [
        ...firstPartyKinds.map(schemaOfKind),
        ...kinds.map(schemaOfForeign),
        ...(mayBeMore ? [foreignSchema()] : []),
      ],
      ({ input }) =>
        typeof input === 'object' && input !== null
          ? `expected one of ${knownTypes.join(', ')}, or a type that another plugin brings`
          : 'expected a gadget such as { type: light, pin: GPIO17 }',
    ),
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return;
      const { value: input } = dataset;
      const meant = nearest(input.type, knownTypes);
      if (meant === undefined || meant === input.type) return;
      addIssue({
        message: `expected one of ${knownTypes.join(', ')}; did you mean "${meant}"?`,
        path: [{ type: 'object', origin: 'value', input, key: 'type', value: input.type }],
      });
    }),
    // The variant's types are lost in the list of kinds; each has the common keys.
    v.transform((config) => config as GadgetConfig),
  );
}

/** The keys of a gadget that are its kind's own. */
export function ownKeysOf(config: GadgetConfig): Readonly<Record<string, unknown>> {
  const own = Object.entries(config).filter(([key]) => key !== 'type' && !commonKeys.has(key));
  return Object.fromEntries(own);
}
