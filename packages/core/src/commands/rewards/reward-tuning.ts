import * as v from 'valibot';
import { duration } from '../../contracts/duration.js';
import { allowSchema, cooldownOfCommandSchema } from '../command-tuning.js';

/** Most characters of a title, as Twitch has it. */
export const longestTitle = 45;

const longestPrompt = 200;

/** Shortest and longest pause that Twitch keeps, milliseconds. */
const pauses = { least: 1_000, most: 604_800_000 } as const;

const whole = (what: string, least = 1) => {
  const expected = `expected a whole number of ${what}, at least ${least}`;
  return v.pipe(
    v.number(expected),
    v.integer(expected),
    v.minValue(least, expected),
    v.maxValue(2_147_483_647, `expected at most 2147483647 ${what}`),
  );
};

/** Schema of a title: Twitch counts it without the spaces around it. */
export const titleSchema = () =>
  v.pipe(
    v.string('expected a text in quotes'),
    v.trim(),
    v.nonEmpty('expected a title, such as "Lamp for a minute"'),
    v.check(
      (text) => [...text].length <= longestTitle,
      ({ input }) => `expected at most ${longestTitle} characters, not ${[...input].length}`,
    ),
  );

/** Whether Twitch keeps a pause of this length; core keeps those that are said by who waits. */
function isPause(pause: unknown): boolean {
  if (typeof pause !== 'number' || pause === 0) return true;
  return pause >= pauses.least && pause <= pauses.most;
}

const expectedPause = 'expected a pause from 1s to 7d, which Twitch keeps';

/** What authors and owners say of a reward alike. */
export const rewardEntries = {
  title: v.optional(titleSchema()),
  cost: whole('points'),
  prompt: v.optional(
    v.pipe(
      v.string('expected a text in quotes'),
      v.check(
        (text) => [...text].length <= longestPrompt,
        ({ input }) => `expected at most ${longestPrompt} characters, not ${[...input].length}`,
      ),
    ),
  ),
  input: v.optional(v.boolean('expected true or false')),
  maxPerStream: v.optional(whole('redemptions')),
  maxPerUser: v.optional(whole('redemptions')),
  color: v.optional(
    v.pipe(
      v.string('expected a colour such as "#9146ff"'),
      v.regex(/^#[0-9a-fA-F]{6}$/, 'expected a colour such as "#9146ff", in quotes'),
    ),
  ),
  onlyLive: v.optional(v.boolean('expected true or false')),
};

/** Schema of the pause that an author wants. */
export const rewardPauseSchema = () =>
  v.pipe(
    duration(),
    v.check((pause) => isPause(pause), expectedPause),
  );

/** What an editor shows of each key. */
const meanings: Readonly<Record<string, string>> = {
  title: 'What viewers read on the button, at most 45 characters.',
  cost: 'How many channel points it costs.',
  prompt: 'What is said below the title, at most 200 characters.',
  input: 'true asks the viewer for a text.',
  maxPerStream: 'How often all viewers together may redeem it in one stream.',
  maxPerUser: 'How often each viewer may redeem it in one stream.',
  color: 'Its colour, in quotes, such as "#9146ff".',
  onlyLive: 'true lets it be redeemed while the channel is live alone.',
  run: 'The command that it pays for, such as lamp on 1m.',
  cooldown: 'How long it rests after a redemption, from 1s to 7d.',
  approve: 'Who must say yes first: moderator or nobody.',
  allow: 'Who may redeem it: a role, or a list of roles and users.',
  enabled: 'false takes it from the channel.',
};

function described<Entries extends v.ObjectEntries>(entries: Entries): Entries {
  const all = Object.entries(entries).map(([key, schema]) => {
    const known = schema as v.GenericSchema;
    return [key, v.pipe(known, v.description(meanings[key] ?? key))];
  });
  // What is said of a schema changes nothing of its types.
  return Object.fromEntries(all) as Entries;
}

/** Schema of one reward under `rewards:` in plugins.yaml. */
export const rewardTuningSchema = v.strictObject(
  described({
    ...rewardEntries,
    cost: v.optional(rewardEntries.cost),
    run: v.optional(
      v.pipe(
        v.string('expected a command with its arguments, such as lamp on 1m'),
        v.trim(),
        v.nonEmpty('expected a command with its arguments, such as lamp on 1m'),
      ),
    ),
    cooldown: v.optional(
      v.pipe(
        cooldownOfCommandSchema(),
        v.check((pause) => isPause(pause), expectedPause),
      ),
    ),
    approve: v.optional(
      v.picklist(['moderator', 'nobody'], 'expected moderator or nobody, who must say yes'),
    ),
    allow: v.optional(allowSchema()),
    enabled: v.optional(v.boolean('expected true or false')),
  }),
);

/** What the owner says of a reward: the whole of it where it runs a command, else what differs from its author's. */
export type RewardTuning = v.InferOutput<typeof rewardTuningSchema>;
