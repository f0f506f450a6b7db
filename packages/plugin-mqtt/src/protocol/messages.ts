import { v } from '@pertybot/core';
import { isPlainName } from './names.js';
import { isId } from './topics.js';

/** Largest message that is looked at, bytes; only what a node says of its gadgets may be larger. */
export const largest = 4_096;

/** Largest text with which a node says what it has, bytes: less than what the broker of `pertybot mqtt setup` takes. */
export const largestAnnouncement = 61_440;

/** Most gadgets of one node. */
const mostGadgets = 200;

const text = (most: number) =>
  v.pipe(
    v.string(),
    v.maxLength(most),
    // Chat and a terminal are told of it.
    v.transform((said) => said.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, ' ')),
  );
const id = v.pipe(v.string(), v.check(isId));
const name = v.pipe(v.string(), v.check(isPlainName));
const time = v.pipe(v.number(), v.finite(), v.minValue(0));
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const list = <Item extends v.GenericSchema>(item: Item, most: number) =>
  v.pipe(v.array(item), v.maxLength(most));

/** Who sends a wish: a bot, this life of it, and what people call it. */
const sender = v.strictObject({
  id,
  session: id,
  name: text(40),
  /** Whether it only rehearses, as with `pertybot dev`: then it moves no true pin. */
  rehearses: v.optional(v.literal(true)),
});

const beat = v.strictObject({ session: id, n: whole });

/** A wish: what a gadget of the node is to do. Durations only, never a time of day. */
const wish = v.strictObject({
  id,
  host: sender,
  /** The last beat of the node that the host has heard. */
  beat,
  ask: v.variant('do', [
    v.strictObject({
      do: v.literal('perform'),
      gadget: name,
      action: v.pipe(v.string(), v.maxLength(200)),
      /** Whether somebody paid for it, so that it is judged what has moved. */
      paid: v.boolean(),
      /** Longest time that the host lets it be on, milliseconds. */
      atMost: v.optional(time),
    }),
    v.strictObject({ do: v.literal('off'), gadget: v.optional(name) }),
    v.strictObject({ do: v.literal('stop'), gadget: name }),
    /** What an earlier wish has set off, which came to no answer in time. */
    v.strictObject({ do: v.literal('cancel'), wish: id }),
  ]),
});

/** Still wants what is on, and holds the node. */
const lease = v.strictObject({
  host: sender,
  beat,
  /** Whether something is on; `bye` when it goes and wants nothing more. */
  wants: v.picklist(['on', 'nothing', 'bye']),
});

const estop = v.strictObject({ stop: id, host: id, by: text(120) });

const release = v.strictObject({ stop: id, host: id });

const status = v.strictObject({ online: v.boolean() });

const gadgetState = v.strictObject({
  state: text(60),
  busy: v.boolean(),
  waiting: whole,
  /** Which of its outputs are on, in the order in which the node told of them. */
  on: list(v.boolean(), 16),
});

/** How the node is: what changed since it last said so, by gadget. */
const state = v.strictObject({
  session: id,
  holder: v.nullable(sender),
  /** Whether something is on that the holder has wished. */
  holds: v.boolean(),
  gadgets: v.pipe(
    v.record(name, gadgetState),
    v.check((all) => Object.keys(all).length <= mostGadgets),
  ),
});

const values = v.pipe(
  v.record(v.pipe(v.string(), v.maxLength(20)), text(200)),
  v.check((all) => Object.keys(all).length <= 12),
);

const refusal = v.strictObject({
  reason: v.pipe(v.string(), v.regex(/^[\w.-]{1,40}$/)),
  text: text(400),
  values: v.optional(values),
  retryAfter: v.optional(time),
});

/** What became of a wish or of a stop. */
const answer = v.variant('is', [
  v.strictObject({
    is: v.literal('moved'),
    wish: id,
    text: text(500),
    place: v.optional(whole),
    lasts: v.optional(time),
  }),
  v.strictObject({ is: v.literal('refused'), wish: id, refusal }),
  v.strictObject({ is: v.literal('done'), wish: id }),
  /** What a wish that was paid for came to, once that is known; without a refusal it has moved. */
  v.strictObject({ is: v.literal('judged'), wish: id, refusal: v.optional(refusal) }),
  v.strictObject({ is: v.literal('stopped'), stop: id }),
  v.strictObject({ is: v.literal('released'), stop: id }),
]);

const verb = v.strictObject({
  name,
  about: text(200),
  value: v.optional(text(30)),
  lasts: v.optional(time),
  urgent: v.optional(v.literal(true)),
});

const output = v.strictObject({
  pin: text(30),
  kind: text(30),
  maxOn: v.optional(time),
  minOff: v.optional(time),
  maxTogglesPerSecond: v.optional(time),
  dryRun: v.optional(v.boolean()),
  driver: v.optional(text(30)),
  guardian: v.optional(v.picklist(['required', 'optional'])),
});

const announcedGadget = v.strictObject({
  name,
  type: text(30),
  about: text(200),
  usage: text(400),
  direct: v.optional(name),
  verbs: list(verb, 40),
  pins: list(text(30), 16),
  drives: list(name, 40),
  outputs: list(output, 16),
});

/** What a node has: its gadgets with their verbs, kinds and limits. */
const announcement = v.strictObject({
  session: id,
  gadgets: list(announcedGadget, mostGadgets),
});

const schemas = { wish, lease, estop, release, status, beat, state, answer, gadgets: announcement };

/** A message, by the last level of its topic. */
export type Messages = {
  readonly [leaf in keyof typeof schemas]: v.InferOutput<(typeof schemas)[leaf]>;
};

export type Sender = Messages['wish']['host'];
export type Beat = Messages['beat'];
export type Wish = Messages['wish'];
export type Ask = Wish['ask'];
export type Answer = Messages['answer'];
export type SaidRefusal = v.InferOutput<typeof refusal>;
export type Announcement = Messages['gadgets'];
export type AnnouncedGadget = Announcement['gadgets'][number];
export type GadgetState = v.InferOutput<typeof gadgetState>;

/**
 * Reads what came in. Whatever is too large, no JSON, or has one key too many is none.
 * @returns undefined for what is no message of this kind
 */
export function readMessage<Kind extends keyof Messages>(
  kind: Kind,
  payload: Uint8Array,
): Messages[Kind] | undefined {
  if (payload.length > (kind === 'gadgets' || kind === 'state' ? largestAnnouncement : largest)) {
    return undefined;
  }
  try {
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
    const result = v.safeParse(schemas[kind], json);
    // The schema of a kind makes what the kind is.
    return result.success ? (result.output as Messages[Kind]) : undefined;
  } catch {
    return undefined;
  }
}
