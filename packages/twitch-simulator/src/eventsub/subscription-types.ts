/**
 * Who stands in a condition, and whose token it takes:
 * - `channel`: `broadcaster_user_id`, by the broadcaster
 * - `reward`: the same, and perhaps a `reward_id`
 * - `open`: `broadcaster_user_id`, by anybody
 * - `moderator`: that and `moderator_user_id`, by that moderator
 * - `reader`: that and `user_id`, by that user
 * - `self`: `user_id` alone, by that user
 * - `raid`: one of `to_broadcaster_user_id` and `from_broadcaster_user_id`, by anybody
 * - `app`: for app tokens, so never over WebSocket
 */
export type ConditionKind =
  | 'channel'
  | 'reward'
  | 'open'
  | 'moderator'
  | 'reader'
  | 'self'
  | 'raid'
  | 'app';

/** A type of subscription in one version. */
export interface SubscriptionType {
  readonly type: string;
  readonly version: string;
  readonly condition: ConditionKind;
  /** One of them is needed; none where there are none. */
  readonly scopes: readonly string[];
  /** Whether Twitch has withdrawn it, so that it answers 410. */
  readonly withdrawn: boolean;
}

const redemptions = ['channel:read:redemptions', 'channel:manage:redemptions'];
const points = 'channel.channel_points';

/** Every type that the simulated Twitch knows, `type version`. */
export const subscriptionTypes: readonly SubscriptionType[] = [
  ...types('open', [], ['stream.online 1', 'stream.offline 1', 'channel.update 2']),
  ...types('open', [], stages('channel.shared_chat', 'begin', 'update', 'end')),
  ...types('raid', [], ['channel.raid 1']),
  ...types('channel', redemptions, [`${points}_custom_reward.add 1`]),
  ...types('reward', redemptions, stages(`${points}_custom_reward`, 'update', 'remove')),
  ...types('reward', redemptions, stages(`${points}_custom_reward_redemption`, 'add', 'update')),
  ...types('channel', redemptions, [
    `${points}_automatic_reward_redemption.add 1`,
    `${points}_automatic_reward_redemption.add 2`,
  ]),
  ...types('channel', ['bits:read'], ['channel.bits.use 1', 'channel.cheer 1']),
  ...types('reward', ['bits:read'], ['channel.custom_power_up_redemption.add 1']),
  ...types(
    'channel',
    ['channel:read:subscriptions'],
    ['channel.subscribe 1', ...stages('channel.subscription', 'end', 'gift', 'message')],
  ),
  ...types('moderator', ['moderator:read:followers'], ['channel.follow 2']),
  ...types(
    'channel',
    ['channel:read:hype_train'],
    stages('channel.hype_train', 'begin', 'progress', 'end').map((each) => each.replace(/1$/, '2')),
  ),
  ...types(
    'channel',
    either('channel', 'polls'),
    stages('channel.poll', 'begin', 'progress', 'end'),
  ),
  ...types(
    'channel',
    either('channel', 'predictions'),
    stages('channel.prediction', 'begin', 'progress', 'lock', 'end'),
  ),
  ...types('channel', ['channel:read:ads'], ['channel.ad_break.begin 1']),
  ...types('channel', ['channel:read:goals'], stages('channel.goal', 'begin', 'progress', 'end')),
  ...types(
    'channel',
    ['channel:read:charity'],
    stages('channel.charity_campaign', 'donate', 'start', 'progress', 'stop'),
  ),
  ...types(
    'moderator',
    either('moderator', 'shoutouts'),
    stages('channel.shoutout', 'create', 'receive'),
  ),
  ...types(
    'moderator',
    either('moderator', 'shield_mode'),
    stages('channel.shield_mode', 'begin', 'end'),
  ),
  ...types('channel', ['moderation:read'], stages('channel.moderator', 'add', 'remove')),
  ...types('channel', either('channel', 'vips'), stages('channel.vip', 'add', 'remove')),
  ...types('channel', ['channel:moderate'], ['channel.ban 1', 'channel.unban 1']),
  ...types(
    'reader',
    ['user:read:chat'],
    [
      ...stages('channel.chat', 'message', 'notification', 'message_delete', 'clear'),
      ...stages('channel.chat', 'clear_user_messages', 'user_message_hold', 'user_message_update'),
      'channel.chat_settings.update 1',
    ],
  ),
  ...types(
    'moderator',
    ['moderator:read:banned_users', 'moderator:manage:banned_users'],
    ['channel.moderate 1', 'channel.moderate 2'],
  ),
  ...types(
    'moderator',
    either('moderator', 'unban_requests'),
    stages('channel.unban_request', 'create', 'resolve'),
  ),
  ...types(
    'moderator',
    either('moderator', 'warnings'),
    stages('channel.warning', 'acknowledge', 'send'),
  ),
  ...types(
    'moderator',
    ['moderator:read:suspicious_users'],
    stages('channel.suspicious_user', 'update', 'message'),
  ),
  ...types(
    'moderator',
    ['moderator:manage:automod'],
    [
      ...stages('automod.message', 'hold', 'update'),
      'automod.message.hold 2',
      'automod.message.update 2',
      'automod.terms.update 1',
    ],
  ),
  ...types('moderator', ['moderator:read:automod_settings'], ['automod.settings.update 1']),
  ...types('self', [], ['user.update 1']),
  ...types('self', either('user', 'whispers'), ['user.whisper.message 1']),
  ...types(
    'app',
    [],
    [
      ...stages('user.authorization', 'grant', 'revoke'),
      'conduit.shard.disabled 1',
      'drop.entitlement.grant 1',
      'extension.bits_transaction.create 1',
    ],
  ),
  ...withdrawn('channel.follow 1', ...stages('channel.hype_train', 'begin', 'progress', 'end')),
];

/** The type of that name and version, if Twitch has or had one. */
export function findSubscriptionType(type: string, version: string): SubscriptionType | undefined {
  return subscriptionTypes.find((each) => each.type === type && each.version === version);
}

function types(
  condition: ConditionKind,
  scopes: readonly string[],
  names: readonly string[],
): readonly SubscriptionType[] {
  return names.map((name) => {
    const [type = '', version = ''] = name.split(' ');
    return { type, version, condition, scopes, withdrawn: false };
  });
}

function withdrawn(...names: readonly string[]): readonly SubscriptionType[] {
  return types('channel', [], names).map((each) => ({ ...each, withdrawn: true }));
}

function stages(type: string, ...names: readonly string[]): readonly string[] {
  return names.map((name) => `${type}.${name} 1`);
}

function either(whose: string, what: string): readonly string[] {
  return [`${whose}:read:${what}`, `${whose}:manage:${what}`];
}
