import { type Account, isPertyError, messageOf } from '@pertybot/core';
import type { HelixApi } from '../helix/helix-api.js';
import { TwitchApiError } from '../helix/twitch-api-error.js';
import { keyOf, type Problem, type WantedSubscription } from './wanted-subscription.js';

const path = 'eventsub/subscriptions';

/** What came of asking Twitch for a subscription. */
export type PostOutcome =
  | { readonly is: 'on'; readonly id: string }
  /** The session is none any more. */
  | { readonly is: 'dead' }
  | {
      readonly is: 'refused';
      readonly problem: Problem;
      /** When it makes sense to try again. */
      readonly again: 'soon' | 'later' | 'much later' | 'never';
    };

/** What is asked for, of whom, and for which session. */
export interface PostRequest {
  readonly wanted: WantedSubscription;
  readonly account: Account;
  /** Twitch's user id of the broadcaster. */
  readonly broadcasterId: string;
  readonly sessionId: string;
  readonly signal: AbortSignal;
}

/**
 * Asks Twitch for a subscription, with the token of the moment. Where Twitch has one already, it is taken if it is
 * of this session; one of a dead session is deleted, and asked for anew.
 * @throws the signal's reason when it fires
 */
export async function postSubscription(api: HelixApi, request: PostRequest): Promise<PostOutcome> {
  const first = await post(api, request);
  if (!(first instanceof TwitchApiError) || first.status !== 409) return toOutcome(first, request);
  try {
    const twin = readTwin(first.answer) ?? (await findTwin(api, request));
    if (twin === undefined) return toOutcome(first, request);
    if (await isOfSession(api, request, twin)) return { is: 'on', id: twin };
    await deleteSubscription(api, request, twin);
  } catch (error) {
    return toOutcome(error, request);
  }
  return toOutcome(await post(api, request), request);
}

/** Ends a subscription; one that Twitch does not know has ended. */
export async function deleteSubscription(
  api: HelixApi,
  { account, signal }: Pick<PostRequest, 'account' | 'signal'>,
  id: string,
): Promise<void> {
  try {
    await api.request({ account, method: 'DELETE', path, query: { id }, signal, impatient: true });
  } catch (error) {
    if (!(error instanceof TwitchApiError) || error.status !== 404) throw error;
  }
}

/** @returns the subscription's id, or what went wrong */
async function post(api: HelixApi, request: PostRequest): Promise<string | unknown> {
  const { wanted, account, broadcasterId, sessionId, signal } = request;
  const { type, version, condition } = wanted.type;
  const transport = { method: 'websocket', session_id: sessionId };
  const body = { type, version, condition: condition(broadcasterId), transport };
  try {
    const answer = await api.request({
      ...{ account, method: 'POST', path, body, signal, impatient: true },
    });
    return dataOf(answer)[0]?.id ?? new TypeError('Twitch answered without a subscription.');
  } catch (error) {
    return error;
  }
}

interface Listed {
  readonly id?: string;
  readonly type?: string;
  readonly version?: string;
  readonly condition?: Readonly<Record<string, string>>;
  readonly transport?: { readonly session_id?: string };
}

function dataOf(answer: unknown): readonly Listed[] {
  const { data } = (answer ?? {}) as { data?: unknown };
  return Array.isArray(data) ? data.filter((each) => typeof each === 'object' && each) : [];
}

/** The id that Twitch names with a 409, since 2026. */
function readTwin(answer: unknown): string | undefined {
  const { id } = (answer ?? {}) as { id?: unknown };
  return typeof id === 'string' && id !== '' ? id : dataOf(answer)[0]?.id;
}

async function findTwin(api: HelixApi, request: PostRequest): Promise<string | undefined> {
  const { account, signal, wanted, broadcasterId } = request;
  const query = { type: wanted.type.type };
  const answer = await api.request({ account, path, query, signal, impatient: true });
  const condition = Object.entries(wanted.type.condition(broadcasterId));
  return dataOf(answer).find(
    (each) =>
      each.version === wanted.type.version &&
      condition.every(([name, value]) => each.condition?.[name] === value),
  )?.id;
}

async function isOfSession(api: HelixApi, request: PostRequest, id: string): Promise<boolean> {
  const { account, signal, sessionId } = request;
  const query = { subscription_id: id };
  try {
    const answer = await api.request({ account, path, query, signal, impatient: true });
    const twin = dataOf(answer).find((each) => each.id === id);
    return twin?.transport?.session_id === sessionId;
  } catch {
    // Then it is deleted, and asked for anew: that is right in any case.
    signal.throwIfAborted();
    return false;
  }
}

function toOutcome(result: unknown, { wanted, account, signal }: PostRequest): PostOutcome {
  if (typeof result === 'string') return { is: 'on', id: result };
  signal.throwIfAborted();
  const channel = account.account === 'bot' ? 'the bot' : `"${account.channel}"`;
  const login = loginCommand(account);
  const text = `Twitch refuses "${keyOf(wanted)}": ${toSentence(result)}`;
  const refused = (again: 'soon' | 'later' | 'much later' | 'never', hint: string): PostOutcome => {
    return { is: 'refused', again, problem: { text, hint } };
  };
  if (!(result instanceof TwitchApiError)) {
    const hint = (isPertyError(result) ? result.hint : undefined) ?? 'It is tried again.';
    return refused('soon', hint);
  }
  switch (result.status) {
    case 400:
      if (/session.*(?:not exist|disconnected)/i.test(result.reason ?? '')) return { is: 'dead' };
      return refused('never', 'Update the plugin: Twitch does not take what it asks for.');
    case 401:
      return refused('later', `Log in again: run "${login}".`);
    case 403:
      return refused(
        'much later',
        `Check that ${channel} is logged in with the right account and all scopes: run "${login}". It is tried again.`,
      );
    case 410:
      return refused('never', 'Update the plugin: Twitch has taken this kind of event away.');
    case 429:
      return refused(
        'later',
        'Close other programs that use this login; connections that died count for some minutes. It is tried again.',
      );
    default:
      return refused(result.transient ? 'soon' : 'later', 'It is tried again.');
  }
}

/** The command by which an account logs in. */
export function loginCommand(account: Account): string {
  if (account.account === 'bot') return 'pertybot login';
  return `pertybot login --broadcaster --channel ${account.channel}`;
}

function toSentence(error: unknown): string {
  if (error instanceof TwitchApiError && error.reason !== undefined) return `"${error.reason}".`;
  return messageOf(error);
}
