import { randomUUID } from 'node:crypto';
import type { Condition } from '../eventsub/subscription.js';
import type { AccountOptions } from '../people.js';
import { SimulatorError } from '../simulator-error.js';
import { toTwitchTime } from '../twitch-time.js';
import type { ChannelWorld, OnChannel } from './channel-world.js';
import { toFragments } from './fragments.js';
import { broadcaster, named, user } from './triples.js';

/** An event for which there is no action of its own. */
export interface SampleOptions extends OnChannel {
  /** Such as `channel.warning.send` or `automod.message.hold`. */
  readonly type: string;
  /** @default '1' */
  readonly version?: string;
  /** Whom it is about. @default viewer */
  readonly as?: AccountOptions;
  /** Fields to add to the event, or to change. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

/**
 * Lets something happen that this simulator knows only the shape of.
 * @throws SimulatorError `SIMULATOR_EVENT_UNFIT` when it does not know that
 */
export function sample(world: ChannelWorld, options: SampleOptions): void {
  const { type, version = '1', as = { login: 'viewer' }, fields = {} } = options;
  const { account: channel } = world.channels.named(options.channel);
  const account = world.people.someone(as);
  const make = Object.hasOwn(samples, type) ? samples[type] : undefined;
  if (make === undefined) {
    const message = `There is no sample of "${type}".`;
    const hint = `There are samples of ${Object.keys(samples).join(', ')}.`;
    throw new SimulatorError('SIMULATOR_EVENT_UNFIT', message, { hint });
  }
  const who: Who = {
    place: broadcaster(channel),
    viewer: user(account),
    moderator: named('moderator_user', channel),
    now: toTwitchTime(world.now()),
    version,
  };
  const about: Condition =
    type === 'user.update' ? { user_id: account.id } : { broadcaster_user_id: channel.id };
  world.notify({ type, version, about, event: { ...make(who), ...fields } });
}

interface Who {
  readonly place: Readonly<Record<string, string>>;
  readonly viewer: Readonly<Record<string, string>>;
  readonly moderator: Readonly<Record<string, string>>;
  readonly now: string;
  readonly version: string;
}

const text = 'something rude';

const samples: Readonly<Record<string, (who: Who) => Readonly<Record<string, unknown>>>> = {
  'channel.unban_request.create': ({ place, viewer, now }) => ({
    id: randomUUID(),
    ...place,
    ...viewer,
    text: 'I am sorry',
    created_at: now,
  }),
  'channel.unban_request.resolve': ({ place, viewer, moderator }) => ({
    id: randomUUID(),
    ...place,
    ...viewer,
    ...moderator,
    resolution_text: 'Welcome back',
    status: 'approved',
  }),
  'channel.warning.send': ({ place, viewer, moderator }) => ({
    ...place,
    ...viewer,
    ...moderator,
    reason: 'be kind',
    chat_rules_cited: null,
  }),
  'channel.warning.acknowledge': ({ place, viewer }) => ({ ...place, ...viewer }),
  'channel.suspicious_user.update': ({ place, viewer, moderator }) => ({
    ...place,
    ...viewer,
    ...moderator,
    low_trust_status: 'active_monitoring',
  }),
  'channel.suspicious_user.message': ({ place, viewer }) => ({
    ...place,
    ...viewer,
    low_trust_status: 'active_monitoring',
    shared_ban_channel_ids: null,
    types: ['manually_added'],
    ban_evasion_evaluation: 'unknown',
    message: { message_id: randomUUID(), ...said() },
  }),
  'channel.chat.user_message_hold': ({ place, viewer }) => ({
    ...place,
    ...viewer,
    message_id: randomUUID(),
    message: said(),
  }),
  'channel.chat.user_message_update': ({ place, viewer }) => ({
    ...place,
    ...viewer,
    message_id: randomUUID(),
    message: said(),
    status: 'approved',
  }),
  'channel.shared_chat.begin': (who) => sharedChat(who),
  'channel.shared_chat.update': (who) => sharedChat(who),
  'channel.shared_chat.end': (who) => {
    const { participants: _, ...ended } = sharedChat(who);
    return ended;
  },
  'automod.message.hold': (who) => held(who),
  'automod.message.update': (who) => ({ ...held(who), ...who.moderator, status: 'approved' }),
  'automod.settings.update': ({ place, moderator }) => ({
    ...place,
    ...moderator,
    overall_level: null,
    disability: 0,
    aggression: 1,
    sexuality_sex_or_gender: 0,
    misogyny: 0,
    bullying: 2,
    swearing: 0,
    race_ethnicity_or_religion: 0,
    sex_based_terms: 0,
  }),
  'automod.terms.update': ({ place, moderator }) => ({
    ...place,
    ...moderator,
    action: 'add_blocked',
    from_automod: false,
    terms: ['rude'],
  }),
  'user.update': ({ viewer }) => ({
    ...viewer,
    email_verified: true,
    description: 'Makes things blink',
  }),
};

function said() {
  return { text, fragments: toFragments(text) };
}

function held({ place, viewer, now, version }: Who) {
  const message = { message_id: randomUUID(), message: said(), held_at: now };
  const common = { ...place, ...viewer, ...message };
  if (version === '1') return { ...common, level: 2, category: 'bullying' };
  const boundaries = [{ start_pos: 10, end_pos: 13 }];
  const automod = { category: 'bullying', level: 2, boundaries };
  return { ...common, reason: 'automod', automod, blocked_term: null };
}

function sharedChat({ place }: Who) {
  const host = Object.entries(place).map(([key, value]) => [`host_${key}`, value]);
  const participants: readonly Readonly<Record<string, string>>[] = [place];
  return { session_id: randomUUID(), ...place, ...Object.fromEntries(host), participants };
}
