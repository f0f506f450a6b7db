import { randomUUID } from 'node:crypto';
import type { ChatWorld } from './chat-world.js';
import { type Chatter, toBadgeTags } from './chatter.js';
import { emotesTag } from './emotes.js';
import type { IrcLine, Tags } from './irc-line.js';
import { type SharedSource, sourceTags } from './message-line.js';

/** Twitch's name of a subscription's kind. */
export type SubscriptionPlan = 'Prime' | '1000' | '2000' | '3000';

interface UsernoticeCommon {
  /** With or without `#`. */
  readonly channel: string;
  /** Who did it. @default an anonymous gifter */
  readonly as?: Chatter;
  /** What they wrote along with it. */
  readonly text?: string;
  /** @default a new UUID */
  readonly id?: string;
  /** Makes it a `sharedchatnotice`, which carries the real kind in `source-msg-id`. */
  readonly sharedFrom?: SharedSource;
  /** Tags to add or change; undefined leaves one out. */
  readonly tags?: Tags;
}

/** Something that happens in a channel, by its msg-id. Unknown kinds are welcome. */
export type UsernoticeOptions = UsernoticeCommon &
  (
    | {
        readonly type: 'sub' | 'resub';
        /** @default 1 */
        readonly months?: number;
        /** Months in a row; hidden if not given. */
        readonly streak?: number;
        /** @default '1000' */
        readonly plan?: SubscriptionPlan;
      }
    | {
        readonly type: 'subgift';
        readonly recipient: Chatter;
        /** Months that the recipient has now. @default 1 */
        readonly months?: number;
        /** @default '1000' */
        readonly plan?: SubscriptionPlan;
      }
    | {
        readonly type: 'submysterygift';
        readonly count: number;
        /** @default '1000' */
        readonly plan?: SubscriptionPlan;
      }
    | { readonly type: 'raid'; readonly viewers: number }
    | {
        readonly type: 'announcement';
        /** @default 'PRIMARY' */
        readonly color?: 'PRIMARY' | 'BLUE' | 'GREEN' | 'ORANGE' | 'PURPLE';
      }
    | {
        readonly type: 'other';
        /** Such as `viewermilestone`, or one that nobody has seen yet. */
        readonly msgId: string;
        readonly systemMessage?: string;
      }
  );

const anonymous: Chatter = {
  login: 'ananonymousgifter',
  displayName: 'AnAnonymousGifter',
  id: '274598607',
};

/** The line by which a channel hears of it. */
export function usernoticeLine(world: ChatWorld, options: UsernoticeOptions): IrcLine {
  const room = world.rooms.room(options.channel);
  const as = options.as ?? anonymous;
  const author = world.people.someone(as);
  const badges = toBadgeTags(as, room.name);
  const kind = options.type === 'other' ? options.msgId : options.type;
  const shared = options.sharedFrom !== undefined;
  return {
    command: 'USERNOTICE',
    parameters: [`#${room.name}`],
    text: options.text,
    tags: {
      'badge-info': badges.badgeInfo,
      badges: badges.badges,
      color: as.color ?? '',
      'display-name': author.displayName,
      emotes: emotesTag(options.text ?? ''),
      flags: '',
      id: options.id ?? randomUUID(),
      login: author.login,
      mod: badges.moderator ? '1' : '0',
      'msg-id': shared ? 'sharedchatnotice' : kind,
      'room-id': room.id,
      subscriber: badges.subscriber ? '1' : '0',
      'system-msg': systemMessage(author.displayName, options),
      'tmi-sent-ts': String(world.now()),
      'user-id': author.id,
      'user-type': badges.moderator ? 'mod' : '',
      vip: badges.vip ? '1' : undefined,
      ...parameters(world, options),
      ...sourceTags(world, { as, sharedFrom: options.sharedFrom }),
      'source-msg-id': shared ? kind : undefined,
      ...options.tags,
    },
  };
}

function parameters(world: ChatWorld, options: UsernoticeOptions): Tags {
  switch (options.type) {
    case 'sub':
    case 'resub':
      return {
        'msg-param-cumulative-months': String(options.months ?? 1),
        'msg-param-months': '0',
        'msg-param-should-share-streak': options.streak === undefined ? '0' : '1',
        'msg-param-streak-months': options.streak?.toString(),
        ...planTags(options.plan),
      };
    case 'subgift': {
      const recipient = world.people.someone(options.recipient);
      return {
        'msg-param-gift-months': '1',
        'msg-param-months': String(options.months ?? 1),
        'msg-param-recipient-display-name': recipient.displayName,
        'msg-param-recipient-id': recipient.id,
        'msg-param-recipient-user-name': recipient.login,
        'msg-param-sender-count': '1',
        ...planTags(options.plan),
      };
    }
    case 'submysterygift':
      return {
        'msg-param-mass-gift-count': String(options.count),
        'msg-param-sender-count': String(options.count),
        ...planTags(options.plan),
      };
    case 'raid': {
      const raider = world.people.someone(options.as ?? anonymous);
      return {
        'msg-param-displayName': raider.displayName,
        'msg-param-login': raider.login,
        'msg-param-viewerCount': String(options.viewers),
      };
    }
    case 'announcement':
      return { 'msg-param-color': options.color ?? 'PRIMARY' };
    case 'other':
      return {};
  }
}

function planTags(plan: SubscriptionPlan = '1000'): Tags {
  return {
    'msg-param-sub-plan': plan,
    'msg-param-sub-plan-name': `Channel Subscription (${plan})`,
  };
}

function systemMessage(name: string, options: UsernoticeOptions): string {
  switch (options.type) {
    case 'sub':
      return `${name} subscribed.`;
    case 'resub':
      return `${name} subscribed for ${options.months ?? 1} months.`;
    case 'subgift':
      return `${name} gifted a sub to ${options.recipient.displayName ?? options.recipient.login}!`;
    case 'submysterygift':
      return `${name} is gifting ${options.count} subs to the community!`;
    case 'raid':
      return `${options.viewers} raiders from ${name} have joined!`;
    case 'announcement':
      return '';
    case 'other':
      return options.systemMessage ?? '';
  }
}
