import { duration, v } from '@pertybot/core';
import type { Bot, PluginTrace } from '@pertybot/core/host';
import { Gadgets, Gpio } from '@pertybot/plugin-gpio';

/** Most entries of a list in a note; more than any bot of a maker has. */
const most = 500;

/** Nothing that would move the cursor of a terminal. */
const plain = v.pipe(v.string(), v.maxLength(500), v.regex(/^\P{Cc}*$/u));
const few = <Item extends v.GenericSchema>(item: Item) => v.pipe(v.array(item), v.maxLength(most));
const texts = few(plain);
const time = v.pipe(v.number(), v.minValue(0));

const role = v.picklist(['everyone', 'subscriber', 'vip', 'moderator', 'broadcaster']);
const pause = v.exactOptional(duration());
const cooldownSchema = v.strictObject({
  user: pause,
  channel: pause,
  everyone: pause,
  subscriber: pause,
  vip: pause,
  moderator: pause,
  broadcaster: pause,
});

const commandSchema = v.object({
  signature: plain,
  about: v.exactOptional(plain),
  aliases: v.exactOptional(texts),
  // The roles of chat, and `@user`.
  allow: v.exactOptional(v.union([role, few(v.union([role, v.custom<`@${string}`>(isUser)]))])),
  cooldown: v.exactOptional(v.union([duration(), cooldownSchema])),
  cooldownGroup: v.exactOptional(plain),
  onCooldown: v.exactOptional(v.picklist(['silent', 'once', 'always'])),
  example: v.exactOptional(plain),
  urgent: v.exactOptional(v.union([v.literal(true), texts])),
  onlyLive: v.exactOptional(v.boolean()),
  types: v.exactOptional(texts),
});

const rewardSchema = v.object({
  name: plain,
  title: plain,
  cost: time,
  cooldown: time,
  maxPerStream: v.exactOptional(time),
});

const limitsSchema = v.object({
  maxOn: v.exactOptional(time),
  minOff: v.exactOptional(time),
  maxTogglesPerSecond: v.exactOptional(time),
  dutyCycles: v.exactOptional(few(v.object({ on: time, in: time }))),
  perRun: v.exactOptional(time),
  deadTime: v.exactOptional(time),
  quietHours: v.exactOptional(few(v.object({ from: time, to: time, text: plain }))),
});

const outputSchema = v.object({
  gadget: plain,
  plugin: plain,
  kind: v.picklist(['output', 'light', 'buzzer', 'relay', 'motor']),
  pin: plain,
  limits: limitsSchema,
  share: v.exactOptional(time),
  dryRun: v.boolean(),
});

const gadgetSchema = v.object({
  name: plain,
  type: plain,
  /** The machine that it is on; absent where it is here. */
  node: v.exactOptional(plain),
  usage: plain,
  pins: texts,
  drives: texts,
  verbs: few(v.object({ name: plain, about: plain, lasts: v.exactOptional(time) })),
});

/** Schema of a {@link PluginNote}. */
export const pluginNoteSchema = v.object({
  /** Of the plugin's files and of its config as it is written: the note is of no other. */
  fingerprint: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  commands: few(commandSchema),
  rewards: v.optional(few(rewardSchema), []),
  events: texts,
  /** Types of gadgets that it brought. */
  kinds: texts,
  /** Gadgets that it built. */
  gadgets: few(gadgetSchema),
  /** Outputs that it claimed. */
  outputs: few(outputSchema),
});

/** What a plugin brought when it ran last. No value of a variable is in it. */
export type PluginNote = v.InferOutput<typeof pluginNoteSchema>;

function isUser(value: unknown): boolean {
  return typeof value === 'string' && /^@[^\p{Cc}\s]{1,64}$/u.test(value);
}

/** A bot whose plugins run. */
export interface RunningBot {
  readonly find: Bot['find'];
  /** Absent of a bot for tests, which has those of its own pins alone. */
  readonly gadgets?: Bot['gadgets'];
  traceOf(id: string): PluginTrace;
}

/**
 * What a running plugin has brought.
 * @returns undefined where it is more than a note holds
 */
export function noteOf(bot: RunningBot, id: string, fingerprint: string): PluginNote | undefined {
  const { commands, rewards, events } = bot.traceOf(id);
  const own = bot.find(Gadgets);
  const list = bot.gadgets?.list ?? own?.list ?? [];
  // A gadget is that of whoever has its command.
  const names = new Set(commands.map(({ signature }) => signature.split(' ')[0]));
  const note = {
    fingerprint,
    commands,
    rewards,
    events,
    kinds: (own?.kinds ?? []).flatMap(({ type, plugin }) => (plugin === id ? [type] : [])),
    gadgets: list
      .filter(({ name }) => names.has(name))
      .map(({ name, type, usage, pins, drives, verbs, node }) => {
        return { name, type, usage, pins, drives, verbs, node };
      }),
    outputs: (bot.find(Gpio)?.outputs ?? []).filter(({ plugin }) => plugin === id),
  };
  const parsed = v.safeParse(pluginNoteSchema, JSON.parse(noteText(note)));
  return parsed.success ? parsed.output : undefined;
}

/** A note as JSON, which has no word for a time that nothing limits. */
export function noteText(note: object): string {
  return JSON.stringify(note, (_, value: unknown) =>
    value === Number.POSITIVE_INFINITY ? undefined : value,
  );
}
