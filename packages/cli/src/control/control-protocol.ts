import { v } from '@pertybot/core';

/** What a command asks of the running bot: one line of JSON. */
export const controlRequestSchema = v.variant('ask', [
  v.strictObject({ ask: v.literal('status') }),
  v.strictObject({ ask: v.literal('say'), text: v.string() }),
  v.strictObject({
    ask: v.literal('estop'),
    engage: v.literal(true),
    /** @default pertybot estop */
    by: v.optional(v.string()),
  }),
  /** `until`: seconds that the machine has been up, after which nobody waits for the release any more. */
  v.strictObject({ ask: v.literal('estop'), engage: v.literal(false), until: v.number() }),
  v.strictObject({ ask: v.literal('gadget'), name: v.string(), action: v.string() }),
  v.strictObject({ ask: v.literal('restart'), plugin: v.string() }),
  v.strictObject({ ask: v.literal('refusals') }),
  v.strictObject({ ask: v.literal('rewards') }),
  v.strictObject({ ask: v.literal('reactions') }),
]);

/** A request to the running bot. */
export type ControlRequest = v.InferOutput<typeof controlRequestSchema>;

const pluginSchema = v.object({
  id: v.string(),
  state: v.string(),
  /** What it waits for, or why it failed. */
  detail: v.optional(v.string()),
  /** As they are written in chat. */
  commands: v.optional(v.array(v.string()), []),
  use: v.optional(v.string(), ''),
  about: v.optional(v.string(), ''),
  version: v.optional(v.string()),
});

const gadgetSchema = v.object({
  name: v.string(),
  type: v.string(),
  state: v.string(),
  busy: v.boolean(),
  pins: v.array(v.string()),
  usage: v.string(),
  /** The machine that its pins are on; absent where they are here. */
  node: v.optional(v.string()),
  /** Why it can do nothing now. */
  away: v.optional(v.string()),
  /** Verbs that wait for their turn. */
  waiting: v.optional(v.number(), 0),
  /** How a vote about it stands. */
  ballot: v.optional(
    v.object({
      policy: v.string(),
      closesIn: v.number(),
      voters: v.number(),
      choices: v.array(v.object({ line: v.string(), votes: v.number() })),
    }),
  ),
  verbs: v.optional(
    v.array(v.object({ name: v.string(), about: v.string(), value: v.optional(v.string()) })),
    [],
  ),
});

const levelSchema = v.picklist([0, 1]);

const outputSchema = v.object({
  gadget: v.string(),
  pin: v.string(),
  on: v.boolean(),
  kind: v.optional(v.string(), 'output'),
  level: v.optional(levelSchema, 0),
  /** The machine that it is on; absent where it is here. */
  node: v.optional(v.string()),
  guardian: v.optional(v.picklist(['required', 'optional'])),
  /** Longest time that it may be on, milliseconds. */
  maxOn: v.optional(v.number()),
  /** Share of the time for which it is on while it is on, 0 to 1. */
  share: v.optional(v.number()),
  dryRun: v.optional(v.literal(true)),
  /** Milliseconds until it goes off by itself. */
  onTimeLeft: v.optional(v.number()),
  /** Why it may be on though it should be off. */
  fault: v.optional(v.string()),
  /** Whether it cannot be switched on for want of a guardian. */
  unguarded: v.optional(v.boolean()),
});

const nodeSchema = v.object({
  name: v.string(),
  state: v.string(),
  problem: v.optional(v.string()),
  hint: v.optional(v.string()),
  heardAgo: v.optional(v.number()),
  roundTrip: v.optional(v.number()),
  stop: v.optional(v.string()),
  driver: v.optional(v.string()),
  gadgets: v.array(v.string()),
});

const inputSchema = v.object({
  gadget: v.string(),
  pin: v.string(),
  pressed: v.boolean(),
  level: levelSchema,
});

const channelSchema = v.object({
  channel: v.string(),
  joined: v.boolean(),
  /** Why it is not joined. */
  problem: v.optional(v.string()),
});

const rewardSchema = v.object({
  name: v.string(),
  title: v.string(),
  cost: v.number(),
  channel: v.string(),
  plugin: v.string(),
  /** What it runs, for people. */
  runs: v.string(),
  state: v.picklist(['open', 'paused', 'missing', 'coming']),
  /** Why it is not open. */
  why: v.optional(v.string()),
  hint: v.optional(v.string()),
  /** Redemptions that are neither done nor given back. */
  redemptions: v.number(),
  /** The oldest of them. */
  underWay: v.optional(
    v.array(
      v.object({
        id: v.string(),
        /** The viewer's name as shown. */
        user: v.string(),
        redeemedAt: v.string(),
        /** Whether it waits for a moderator's yes. */
        awaitsApproval: v.boolean(),
      }),
    ),
    [],
  ),
});

/** The answer to `rewards`. */
export const rewardsSchema = v.array(rewardSchema);

/** The rewards of the running bot as they stand on Twitch. */
export type RewardReport = v.InferOutput<typeof rewardsSchema>;
const subscriptionSchema = v.object({
  channel: v.string(),
  /** The bot's event, such as `follow`. */
  event: v.string(),
  /** Twitch's type. */
  type: v.string(),
  on: v.boolean(),
  /** Why its events do not come; absent where they do, or are just being asked for. */
  problem: v.optional(v.string()),
  /** What to do about it. */
  hint: v.optional(v.string()),
});

const eventSubSchema = v.object({
  state: v.string(),
  subscriptions: v.array(subscriptionSchema),
  /** The last time in which events were lost. */
  gap: v.optional(v.object({ endedAt: v.string(), seconds: v.number() })),
});

/** The answer to `status`. */
export const statusSchema = v.object({
  pid: v.number(),
  /** What runs, such as `pertybot start`. */
  command: v.string(),
  /** An ISO time. */
  since: v.string(),
  state: v.string(),
  channels: v.array(channelSchema),
  /** Texts that were not said since chat started; absent where all were. */
  unsaid: v.optional(v.object({ count: v.number(), latest: v.string() })),
  /** What EventSub brings; absent where nobody listens to anything of it. */
  events: v.optional(eventSubSchema),
  plugins: v.array(pluginSchema),
  driver: v.optional(v.string()),
  gadgets: v.array(gadgetSchema),
  outputs: v.array(outputSchema),
  /** Other machines with gadgets of this bot; absent where there is none. */
  nodes: v.optional(v.array(nodeSchema)),
  rewards: v.optional(rewardsSchema, []),
  inputs: v.optional(v.array(inputSchema), []),
  /** What chat commands begin with. */
  prefix: v.optional(v.string(), '!'),
  /** Who stopped everything. */
  estop: v.optional(v.string()),
});

/** How the running bot does. */
export type BotStatusReport = v.InferOutput<typeof statusSchema>;

/** The answer to `say`, `gadget`, `estop` and `restart`. */
export const outcomeSchema = v.object({
  done: v.boolean(),
  /** A sentence about it. */
  text: v.string(),
});

/** What became of a request. */
export type ControlOutcome = v.InferOutput<typeof outcomeSchema>;

/** The answer to `refusals`, oldest first; redemptions are in it, whatever became of them. */
export const refusalsSchema = v.array(
  v.object({
    /** An ISO time. */
    time: v.string(),
    user: v.string(),
    command: v.string(),
    /** Absent for a redemption that keeps its points. */
    reason: v.optional(v.string()),
    text: v.optional(v.string()),
    /** Milliseconds. */
    retryAfter: v.optional(v.number()),
    /** The reward that was redeemed. */
    redemption: v.optional(v.object({ title: v.string(), cost: v.number() })),
  }),
);

/** Commands that did not run, and why. */
export type RefusalReport = v.InferOutput<typeof refusalsSchema>;

/** The answer to `reactions`, oldest first. */
export const reactionsSchema = v.array(
  v.object({
    /** An ISO time. */
    time: v.string(),
    /** Such as `raid`. */
    event: v.string(),
    plugin: v.string(),
    channel: v.string(),
    /** Login of who did it. */
    user: v.optional(v.string()),
    /** What it set off. */
    did: v.optional(v.string()),
    /** Why it set nothing off. */
    reason: v.optional(v.string()),
    text: v.optional(v.string()),
  }),
);

/** What events set off, or why they set nothing off. */
export type ReactionReport = v.InferOutput<typeof reactionsSchema>;

/** A whole answer, as it goes over the socket. */
export const controlAnswerSchema = v.union([
  v.object({ answer: v.unknown() }),
  v.object({ error: v.string() }),
]);
