import { type HelixAnswer, refused } from '../helix/helix-answer.js';
import type { Caller } from '../helix/helix-call.js';
import type { EventSubSession } from './eventsub-session.js';
import type { EventSubWorld } from './eventsub-world.js';
import type { Condition, Subscriber } from './subscription.js';
import { findSubscriptionType, type SubscriptionType } from './subscription-types.js';

/** A subscription as it is asked for. */
export interface WantedSubscription {
  readonly type: string;
  readonly version: string;
  readonly condition: Condition;
  readonly sessionId: string;
}

/** A subscription that may be created. */
export interface AdmittedSubscription {
  readonly owner: Subscriber;
  readonly session: EventSubSession;
  readonly cost: 0 | 1;
}

/** Twitch's limits for one person and application. */
export const subscriptionLimits = { connections: 3, perConnection: 300, cost: 10, equal: 3 };

/** Reads what is asked for. */
export function readWanted(
  body: Readonly<Record<string, unknown>>,
): WantedSubscription | HelixAnswer {
  const { type, version, condition, transport } = body;
  if (typeof type !== 'string' || typeof version !== 'string') {
    return refused(400, 'The parameters "type" and "version" are required');
  }
  if (!isRecord(condition) || !isRecord(transport)) {
    return refused(400, 'The parameters "condition" and "transport" are required');
  }
  const { method, session_id: sessionId } = transport;
  if (method !== 'websocket') return refused(400, 'unsupported transport method');
  if (typeof sessionId !== 'string') return refused(400, 'session_id is required');
  const entries = Object.entries(condition);
  if (!entries.every((entry): entry is [string, string] => typeof entry[1] === 'string')) {
    return refused(400, 'invalid condition');
  }
  return { type, version, condition: Object.fromEntries(entries), sessionId };
}

/** What Twitch says to a subscription that is asked for; what may be created, if it says nothing. */
export function judgeSubscription(
  world: EventSubWorld,
  caller: Caller,
  wanted: WantedSubscription,
): AdmittedSubscription | HelixAnswer {
  const known = findSubscriptionType(wanted.type, wanted.version);
  if (known === undefined) {
    const words = 'The combination of values in the type and version fields is not valid';
    return refused(400, words);
  }
  if (known.withdrawn) return refused(410, 'This subscription type is not available.');
  const { account } = caller;
  if (account === undefined || known.condition === 'app') {
    return refused(400, 'invalid transport and auth combination');
  }
  if (!conditionFits(known, wanted.condition)) return refused(400, 'invalid condition');
  const session = world.sessions.get(wanted.sessionId);
  if (session === undefined || !session.open) {
    return refused(400, 'websocket transport session does not exist or has already disconnected');
  }
  const owner = { clientId: caller.client.id, userId: account.id };
  if (session.owner !== undefined && !isSame(session.owner, owner)) {
    const words = 'websocket transport cannot have subscriptions created by different users';
    return refused(400, words);
  }
  if (!isAuthorized(world, caller, known, wanted.condition)) {
    return refused(403, 'subscription missing proper authorization');
  }
  const cost = costOf(world, caller.client.id, known, wanted.condition);
  return judgeNumbers(world, wanted, { owner, session, cost });
}

function judgeNumbers(
  world: EventSubWorld,
  wanted: WantedSubscription,
  admitted: AdmittedSubscription,
): AdmittedSubscription | HelixAnswer {
  const { owner, session, cost } = admitted;
  const enabled = world.subscriptions.of(owner).filter(({ status }) => status === 'enabled');
  const equal = enabled.filter(
    (each) =>
      each.type === wanted.type &&
      each.version === wanted.version &&
      isSame(each.condition, wanted.condition),
  );
  // One of this session is there already; one of a session that died unnoticed bars the way, too.
  const inTheWay = equal.find(
    (each) => each.sessionId === session.id || !world.sessions.has(each.sessionId),
  );
  if (inTheWay !== undefined) {
    return refused(409, 'subscription already exists', { id: inTheWay.id });
  }
  if (equal.length >= subscriptionLimits.equal) {
    return refused(429, 'maximum subscriptions with type and condition exceeded');
  }
  const connections = new Set(enabled.map(({ sessionId }) => sessionId)).add(session.id);
  if (connections.size > subscriptionLimits.connections) {
    return refused(429, 'number of websocket transports limit exceeded');
  }
  const here = enabled.filter((each) => each.sessionId === session.id);
  if (here.length >= subscriptionLimits.perConnection) {
    // The words of this refusal and of the next are nowhere documented.
    return refused(429, 'number of subscriptions of this websocket transport exceeded');
  }
  const total = enabled.reduce<number>((sum, each) => sum + each.cost, cost);
  return total > subscriptionLimits.cost ? refused(429, 'cost exceeded') : admitted;
}

const conditionKeys: Readonly<
  Record<string, { readonly needs: string[]; readonly may: string[] }>
> = {
  channel: { needs: ['broadcaster_user_id'], may: [] },
  open: { needs: ['broadcaster_user_id'], may: [] },
  reward: { needs: ['broadcaster_user_id'], may: ['reward_id'] },
  moderator: { needs: ['broadcaster_user_id', 'moderator_user_id'], may: [] },
  reader: { needs: ['broadcaster_user_id', 'user_id'], may: [] },
  self: { needs: ['user_id'], may: [] },
};

function conditionFits({ condition: kind }: SubscriptionType, condition: Condition): boolean {
  const given = Object.keys(condition).filter((key) => condition[key] !== '');
  if (kind === 'raid') {
    const sides = ['to_broadcaster_user_id', 'from_broadcaster_user_id'];
    return given.length === 1 && sides.includes(given[0] ?? '');
  }
  const keys = conditionKeys[kind];
  if (keys === undefined) return false;
  const known = [...keys.needs, ...keys.may];
  return (
    keys.needs.every((key) => given.includes(key)) && given.every((key) => known.includes(key))
  );
}

function isAuthorized(
  world: EventSubWorld,
  { account, scopes }: Caller,
  { condition: kind, scopes: needed }: SubscriptionType,
  condition: Condition,
): boolean {
  if (needed.length > 0 && !needed.some((scope) => scopes.includes(scope))) return false;
  const broadcaster = condition.broadcaster_user_id;
  switch (kind) {
    case 'channel':
    case 'reward':
      return broadcaster === account?.id;
    case 'moderator':
      return condition.moderator_user_id === account?.id && moderates(world, condition);
    case 'reader':
    case 'self':
      return condition.user_id === account?.id;
    default:
      return true;
  }
}

/** Whether the moderator of a condition is one there; a broadcaster is their own. */
function moderates({ people, rooms }: EventSubWorld, condition: Condition): boolean {
  const { broadcaster_user_id: broadcaster = '', moderator_user_id: moderator = '' } = condition;
  if (broadcaster === moderator) return true;
  const channel = people.findId(broadcaster)?.login;
  const login = people.findId(moderator)?.login;
  if (channel === undefined || login === undefined) return false;
  return rooms.room(channel).roles.get(login)?.includes('moderator') === true;
}

function costOf(
  { grants }: EventSubWorld,
  clientId: string,
  { scopes }: SubscriptionType,
  condition: Condition,
): 0 | 1 {
  if (scopes.length > 0) return 0;
  const users = [
    condition.broadcaster_user_id,
    condition.to_broadcaster_user_id,
    condition.from_broadcaster_user_id,
    condition.user_id,
  ];
  return users.some((id) => id !== undefined && grants.authorizes(id, clientId)) ? 0 : 1;
}

function isSame<Value extends object>(one: Value, other: Value): boolean {
  return (
    JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort())
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
