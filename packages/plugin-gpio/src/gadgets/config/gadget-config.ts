import { nearest, v } from '@pertybot/core';
import { crowdPolicy } from '../crowd/crowd-policy.js';
import type { GadgetKind } from '../gadget-kind.js';
import { firstPartyKinds } from '../kinds/first-party.js';
import { busyPolicy } from '../queue/gadget-runner.js';

/** Keys in plugins.yaml that every gadget has. */
const commonEntries = {
  about: v.optional(v.string()),
  /** Verbs that may be used. */
  verbs: v.optional(v.array(v.string())),
  /** What chat is told, by verb. */
  replies: v.optional(v.record(v.string(), v.string()), {}),
  busy: v.optional(busyPolicy()),
  crowd: v.optional(crowdPolicy()),
  /** Who switches it off without asking the crowd, beside those who always do. */
  off: v.optional(v.literal('anyone', 'expected anyone')),
  mode: v.optional(v.picklist(['live', 'dry-run']), 'live'),
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
export function schemaOfKind({ type, entries }: GadgetKind) {
  return v.strictObject({ type: v.literal(type), ...commonEntries, ...entries });
}

/** A type of another plugin: its own keys are checked when that plugin brings the kind. */
const foreignSchema = v.looseObject({
  type: v.pipe(
    v.string(),
    v.check((type) => !knownTypes.includes(type)),
  ),
  ...commonEntries,
});

/** Schema of one gadget under `gadgets:` in plugins.yaml. */
export function gadgetSchema() {
  return v.pipe(
    v.variant(
      'type',
      [...firstPartyKinds.map(schemaOfKind), foreignSchema],
      `expected one of ${knownTypes.join(', ')}, or a type that another plugin brings`,
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
