import type { Channel } from '../channels/channel.js';
import type { ChannelWorld } from '../channels/channel-world.js';
import { updateChannel } from '../channels/stream.js';
import type { Account } from '../people.js';
import { toTwitchTime, toWholeSeconds } from '../twitch-time.js';
import { placeOf } from './chat-routes.js';
import { data, type HelixAnswer, noContent, refused } from './helix-answer.js';
import type { HelixCall, Routes } from './helix-call.js';
import { page } from './page.js';

const mostIds = 100;

/** `users`, `streams`, `channels`, and who follows, subscribes or sits in chat. */
export function peopleRoutes(world: ChannelWorld): Routes {
  return {
    'GET users': { app: true, handle: (call) => users(world, call) },
    'GET streams': { app: true, handle: (call) => streams(world, call) },
    'GET channels': { app: true, handle: (call) => channels(world, call) },
    'PATCH channels': {
      scopes: ['channel:manage:broadcast'],
      own: 'broadcaster_id',
      handle: ({ user, body }) => {
        if (typeof body.title === 'string' && !/^.{1,140}$/su.test(body.title)) {
          return refused(400, 'The parameter "title" must be between 1 and 140 characters');
        }
        const title = typeof body.title === 'string' ? { title: body.title } : {};
        const language =
          typeof body.broadcaster_language === 'string'
            ? { language: body.broadcaster_language }
            : {};
        updateChannel(world, { channel: user.login, ...title, ...language });
        return noContent;
      },
    },
    'GET channels/followers': { handle: (call) => followers(world, call) },
    'GET subscriptions': {
      scopes: ['channel:read:subscriptions'],
      own: 'broadcaster_id',
      handle: ({ user, query }) => subscribers(world.channels.of(user), query),
    },
    'GET chat/chatters': {
      scopes: ['moderator:read:chatters'],
      own: 'moderator_id',
      handle: (call) => {
        const { query } = call;
        const place = placeOf(world, call, query.get('broadcaster_id'));
        if (typeof place !== 'string') return place;
        const logins = [...new Set(world.chat.members(place))];
        const accounts = logins.flatMap((login) => world.people.find(login) ?? []);
        const list = accounts.map(named);
        return page(list, query, { usual: 100, most: 1000 }, { total: list.length });
      },
    },
  };
}

function named({ id, login, displayName }: Account) {
  return { user_id: id, user_login: login, user_name: displayName };
}

function users(world: ChannelWorld, { query, caller }: HelixCall): HelixAnswer {
  const ids = query.getAll('id');
  const logins = query.getAll('login');
  if (ids.length + logins.length > mostIds) return refused(400, 'Too many ids and logins');
  const asked = ids.length + logins.length > 0;
  if (!asked && caller.account === undefined) return refused(400, 'An id or a login is required');
  const found = asked
    ? [
        ...ids.map((id) => world.people.findId(id)),
        ...logins.map((each) => world.people.find(each)),
      ]
    : [caller.account];
  const accounts = new Set(found.filter((each) => each !== undefined));
  return data(
    [...accounts].map((account) => ({
      id: account.id,
      login: account.login,
      display_name: account.displayName,
      type: '',
      broadcaster_type: world.channels.of(account).type,
      description: '',
      profile_image_url:
        'https://static-cdn.jtvnw.net/user-default-pictures-uv/default-300x300.png',
      offline_image_url: '',
      view_count: 0,
      created_at: '2016-12-14T20:32:28Z',
    })),
  );
}

function streams(world: ChannelWorld, { query }: HelixCall): HelixAnswer {
  const ids = query.getAll('user_id');
  const logins = query.getAll('user_login').map((each) => each.toLowerCase());
  if (ids.length > mostIds || logins.length > mostIds) {
    return refused(400, `At most ${mostIds} users can be asked for`);
  }
  const all = ids.length + logins.length === 0;
  const live = world.channels.all.filter(
    ({ account, stream }) =>
      stream !== undefined && (all || ids.includes(account.id) || logins.includes(account.login)),
  );
  return page(live.map(toStream), query);
}

function toStream({ account, stream, title, category, language }: Channel) {
  return {
    id: stream?.id ?? '',
    ...named(account),
    game_id: category.id,
    game_name: category.name,
    type: stream?.type ?? '',
    title,
    viewer_count: 42,
    started_at: toWholeSeconds(stream?.startedAt ?? 0),
    language,
    thumbnail_url: '',
    tag_ids: [],
    tags: [],
    is_mature: false,
  };
}

function channels(world: ChannelWorld, { query }: HelixCall): HelixAnswer {
  const ids = query.getAll('broadcaster_id');
  if (ids.length === 0) return refused(400, 'The parameter "broadcaster_id" is required');
  if (ids.length > mostIds) {
    return refused(400, `At most ${mostIds} broadcasters can be asked for`);
  }
  const found = ids.flatMap((id) => world.channels.withId(id) ?? []);
  return data(
    found.map(({ account, title, category, language }) => ({
      broadcaster_id: account.id,
      broadcaster_login: account.login,
      broadcaster_name: account.displayName,
      broadcaster_language: language,
      game_id: category.id,
      game_name: category.name,
      title,
      delay: 0,
      tags: [],
      content_classification_labels: [],
      is_branded_content: false,
    })),
  );
}

/** Without the scope, or to whoever is no moderator there, only how many they are is told. */
function followers(world: ChannelWorld, call: HelixCall): HelixAnswer {
  const { query, caller } = call;
  const id = query.get('broadcaster_id');
  const channel = world.channels.withId(id ?? '');
  if (channel === undefined) return refused(400, 'The parameter "broadcaster_id" is required');
  const wanted = query.get('user_id');
  const all = [...channel.followers.values()].reverse();
  const isAllowed = caller.scopes.includes('moderator:read:followers');
  if (!isAllowed || typeof placeOf(world, call, id) !== 'string') {
    return data([], { pagination: {}, total: all.length });
  }
  const list = all
    .filter(({ account }) => wanted === null || account.id === wanted)
    .map(({ account, at }) => ({ ...named(account), followed_at: toTwitchTime(at) }));
  return page(list, query, {}, { total: all.length });
}

function subscribers(channel: Channel, query: URLSearchParams): HelixAnswer {
  const { account: owner } = channel;
  const list = [...channel.subscribers.values()].map(({ account, tier, gift }) => ({
    broadcaster_id: owner.id,
    broadcaster_login: owner.login,
    broadcaster_name: owner.displayName,
    gifter_id: '',
    gifter_login: '',
    gifter_name: '',
    is_gift: gift,
    plan_name: `Channel Subscription (${tier})`,
    tier,
    ...named(account),
  }));
  return page(list, query, {}, { total: list.length, points: list.length });
}
