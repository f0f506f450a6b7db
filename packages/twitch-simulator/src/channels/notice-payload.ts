import type { Tags } from '../chat/irc-line.js';
import { nobody } from './triples.js';

const kinds = [
  'sub',
  'resub',
  'sub_gift',
  'community_sub_gift',
  'gift_paid_upgrade',
  'prime_paid_upgrade',
  'pay_it_forward',
  'raid',
  'unraid',
  'announcement',
  'bits_badge_tier',
  'charity_donation',
] as const;

/** The kind of a notice and the object of that name; every other kind's object is null, as with Twitch. */
export function noticePayload(tags: Tags, anonymous: boolean): Readonly<Record<string, unknown>> {
  const id = tags['msg-id'] ?? '';
  const shared = id === 'sharedchatnotice';
  const kind = names[shared ? (tags['source-msg-id'] ?? '') : id] ?? 'unknown';
  const own = shared && kind !== 'unknown' ? `shared_chat_${kind}` : kind;
  const none = Object.fromEntries(
    kinds.flatMap((each) => [each, `shared_chat_${each}`].map((name) => [name, null])),
  );
  const payload = payloadOf(kind, tags, anonymous);
  return { notice_type: own, ...none, ...(payload !== undefined && { [own]: payload }) };
}

const names: Readonly<Record<string, (typeof kinds)[number]>> = {
  sub: 'sub',
  resub: 'resub',
  subgift: 'sub_gift',
  submysterygift: 'community_sub_gift',
  giftpaidupgrade: 'gift_paid_upgrade',
  primepaidupgrade: 'prime_paid_upgrade',
  standardpayforward: 'pay_it_forward',
  raid: 'raid',
  unraid: 'unraid',
  announcement: 'announcement',
  bitsbadgetier: 'bits_badge_tier',
  charitydonation: 'charity_donation',
};

function payloadOf(kind: string, tags: Tags, anonymous: boolean): object | undefined {
  const months = Number(tags['msg-param-cumulative-months'] ?? tags['msg-param-months'] ?? 1);
  const plan = tags['msg-param-sub-plan'] ?? '1000';
  const tier = { sub_tier: plan === 'Prime' ? '1000' : plan };
  const streak = tags['msg-param-streak-months'];
  const gifter = { gifter_is_anonymous: anonymous, ...nobody('gifter_user') };
  switch (kind) {
    case 'sub':
      return { ...tier, is_prime: plan === 'Prime', duration_months: 1 };
    case 'resub':
      return {
        ...tier,
        is_prime: plan === 'Prime',
        cumulative_months: months,
        duration_months: 1,
        streak_months: streak === undefined ? null : Number(streak),
        is_gift: false,
        ...nobody('gifter_user'),
        gifter_is_anonymous: null,
      };
    case 'sub_gift':
      return {
        duration_months: 1,
        cumulative_total: null,
        recipient_user_id: tags['msg-param-recipient-id'] ?? '',
        recipient_user_login: tags['msg-param-recipient-user-name'] ?? '',
        recipient_user_name: tags['msg-param-recipient-display-name'] ?? '',
        ...tier,
        community_gift_id: tags['msg-param-community-gift-id'] ?? null,
      };
    case 'community_sub_gift':
      return {
        id: tags['msg-param-community-gift-id'] ?? tags.id ?? '',
        total: Number(tags['msg-param-mass-gift-count'] ?? 1),
        ...tier,
        cumulative_total: null,
      };
    case 'gift_paid_upgrade':
    case 'pay_it_forward':
      return gifter;
    case 'prime_paid_upgrade':
      return tier;
    case 'raid':
      return {
        user_id: tags['user-id'] ?? '',
        user_name: tags['msg-param-displayName'] ?? '',
        user_login: tags['msg-param-login'] ?? '',
        viewer_count: Number(tags['msg-param-viewerCount'] ?? 0),
        profile_image_url:
          'https://static-cdn.jtvnw.net/user-default-pictures-uv/default-300x300.png',
      };
    case 'unraid':
      return {};
    case 'announcement':
      return { color: (tags['msg-param-color'] ?? 'PRIMARY').toLowerCase() };
    case 'bits_badge_tier':
      return { tier: Number(tags['msg-param-threshold'] ?? 100) };
    case 'charity_donation':
      return {
        charity_name: tags['msg-param-charity-name'] ?? '',
        amount: {
          value: Number(tags['msg-param-donation-amount'] ?? 0),
          decimal_place: Number(tags['msg-param-exponent'] ?? 2),
          decimal_places: Number(tags['msg-param-exponent'] ?? 2),
          currency: tags['msg-param-donation-currency'] ?? 'USD',
        },
      };
    default:
      return undefined;
  }
}
