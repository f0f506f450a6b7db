import { randomUUID } from 'node:crypto';
import { type HelixAnswer, noContent, refused } from '../helix/helix-answer.js';
import type { HelixCall, Routes } from '../helix/helix-call.js';
import { page } from '../helix/page.js';
import { toTwitchTime, toWholeSeconds } from '../twitch-time.js';
import type { EventSubWorld } from './eventsub-world.js';
import { judgeSubscription, readWanted, subscriptionLimits } from './judge-subscription.js';
import type { Subscriber, Subscription } from './subscription.js';

/** `eventsub/subscriptions`: creating, listing and deleting. */
export function subscriptionRoutes(world: EventSubWorld): Routes {
  return {
    'POST eventsub/subscriptions': { app: true, handle: (call) => create(world, call) },
    'GET eventsub/subscriptions': { app: true, handle: (call) => list(world, call) },
    'DELETE eventsub/subscriptions': { app: true, handle: (call) => remove(world, call) },
  };
}

function create(world: EventSubWorld, { caller, body }: HelixCall): HelixAnswer {
  const wanted = readWanted(body);
  if ('status' in wanted) return refuse(world, body, wanted);
  const judged = judgeSubscription(world, caller, wanted);
  if ('status' in judged) return refuse(world, body, judged);
  const { owner, session, cost } = judged;
  session.owner = owner;
  const createdAt = world.now();
  const subscription: Subscription = {
    ...owner,
    id: randomUUID(),
    type: wanted.type,
    version: wanted.version,
    condition: wanted.condition,
    status: 'enabled',
    cost,
    createdAt,
    created: toTwitchTime(createdAt),
    sessionId: session.id,
    connectedAt: session.connectedAt,
    disconnectedAt: undefined,
  };
  world.subscriptions.add(subscription);
  world.hub.emit('subscribe', { subscription });
  return { status: 202, json: { data: [toJson(subscription)], ...totals(world, owner) } };
}

function refuse(world: EventSubWorld, body: HelixCall['body'], answer: HelixAnswer): HelixAnswer {
  const message = String(answer.json?.message ?? '');
  const { status } = answer;
  world.hub.emit('subscribeRefused', { type: String(body.type ?? ''), status, message });
  return answer;
}

const filters = ['status', 'type', 'user_id', 'subscription_id', 'conduit_id'];

function list(world: EventSubWorld, { caller, query }: HelixCall): HelixAnswer {
  if (filters.filter((name) => query.has(name)).length > 1) {
    return refused(400, 'Filters are mutually exclusive');
  }
  const { client, account } = caller;
  const owner = { clientId: client.id, userId: account?.id ?? '' };
  const chosen = world.subscriptions
    .of(owner)
    .filter(
      (each) =>
        (query.get('status') ?? each.status) === each.status &&
        (query.get('type') ?? each.type) === each.type &&
        (query.get('subscription_id') ?? each.id) === each.id &&
        !query.has('conduit_id') &&
        (query.get('user_id') === null ||
          Object.values(each.condition).includes(query.get('user_id') ?? '')),
    );
  return page(chosen.map(toJson), query, { usual: 100 }, totals(world, owner));
}

function remove(world: EventSubWorld, { caller, query }: HelixCall): HelixAnswer {
  const { client, account } = caller;
  const owned = world.subscriptions.of({ clientId: client.id, userId: account?.id ?? '' });
  const id = query.get('id');
  if (id === null) return refused(400, 'The parameter "id" is required');
  const subscription = owned.find((each) => each.id === id);
  if (subscription === undefined) return refused(404, 'subscription not found');
  world.subscriptions.remove(subscription);
  world.hub.emit('unsubscribe', { subscription });
  return noContent;
}

function totals(world: EventSubWorld, owner: Subscriber) {
  const enabled = world.subscriptions.of(owner).filter(({ status }) => status === 'enabled');
  return {
    total: enabled.length,
    total_cost: enabled.reduce((sum, { cost }) => sum + cost, 0),
    max_total_cost: subscriptionLimits.cost,
  };
}

function toJson(subscription: Subscription) {
  const { id, status, type, version, condition, created, cost, sessionId } = subscription;
  const { connectedAt, disconnectedAt } = subscription;
  return {
    id,
    status,
    type,
    version,
    condition,
    created_at: created,
    transport: {
      method: 'websocket',
      session_id: sessionId,
      connected_at: toWholeSeconds(connectedAt),
      ...(disconnectedAt !== undefined && { disconnected_at: toWholeSeconds(disconnectedAt) }),
    },
    cost,
  };
}
