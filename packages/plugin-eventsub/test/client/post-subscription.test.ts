import { describe, expect, it } from '@jest/globals';
import type { Account } from '@pertybot/core';
import { postSubscription } from '../../src/client/post-subscription.js';
import { toRevocation } from '../../src/client/revocation.js';
import { eventTypes } from '../../src/events/event-types.js';
import type { HelixApi } from '../../src/helix/helix-api.js';
import { TwitchApiError } from '../../src/helix/twitch-api-error.js';
import type { TwitchApiRequest } from '../../src/twitch-api.js';

const follow = eventTypes.find(({ event }) => event === 'follow');
if (follow === undefined) throw new Error('There are no follows.');
const wanted = { type: follow, channel: 'alice' };
const alice: Account = { account: 'broadcaster', channel: 'alice' };
const condition = { broadcaster_user_id: '7', moderator_user_id: '7' };

function refusal(status: number, reason?: string, answer?: unknown): TwitchApiError {
  const code = status >= 500 ? 'TWITCH_API_UNAVAILABLE' : 'TWITCH_API_REFUSED';
  return new TwitchApiError(code, `Twitch answered with ${status}.`, { status, reason, answer });
}

/** Asks an API that answers as it is told, call by call. */
async function ask(answers: readonly unknown[], account = alice, signal?: AbortSignal) {
  const calls: string[] = [];
  const left = [...answers];
  const request = async ({ method = 'GET', query, body }: TwitchApiRequest) => {
    calls.push(`${method} ${JSON.stringify(query ?? body)}`);
    const answer = left.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const outcome = await postSubscription({ request } as unknown as HelixApi, {
    ...{ wanted, account, broadcasterId: '7', sessionId: 's1' },
    signal: signal ?? new AbortController().signal,
  });
  return { outcome, calls };
}

const made = { data: [{ id: 'sub1' }] };
const twinOf = (session: string) => ({
  data: [{ id: 'twin', version: '2', condition, transport: { session_id: session } }],
});

describe('a subscription that Twitch is asked for', () => {
  it('is on, by its id, and says what of whom over which session', async () => {
    const { outcome, calls } = await ask([made]);
    expect(outcome).toEqual({ is: 'on', id: 'sub1' });
    expect(calls).toEqual([
      `POST ${JSON.stringify({ type: 'channel.follow', version: '2', condition, transport: { method: 'websocket', session_id: 's1' } })}`,
    ]);
  });

  it.each([
    [400, 'session does not exist or has already disconnected', { is: 'dead' }],
    [400, 'bad condition', { is: 'refused', again: 'never' }],
    [401, 'invalid token', { is: 'refused', again: 'later' }],
    [403, 'missing proper authorization', { is: 'refused', again: 'much later' }],
    [410, 'gone', { is: 'refused', again: 'never' }],
    [429, 'number of websocket transports limit exceeded', { is: 'refused', again: 'later' }],
    [500, undefined, { is: 'refused', again: 'soon' }],
    [503, undefined, { is: 'refused', again: 'soon' }],
    [418, undefined, { is: 'refused', again: 'later' }],
  ])('is refused with %i %s, and tried again when that makes sense', async (status, reason, is) => {
    const { outcome } = await ask([refusal(status, reason)]);
    expect(outcome).toMatchObject(is);
    if (outcome.is !== 'refused') return;
    expect(outcome.problem.text).toContain('Twitch refuses "channel.follow 2 alice": ');
    expect(outcome.problem.text).toContain(reason ?? `${status}`);
    expect(outcome.problem.hint).not.toBe('');
  });

  it.each([
    [alice, 'pertybot login --broadcaster --channel alice'],
    [{ account: 'bot' } as const, 'pertybot login'],
  ])('names the command by which %p logs in', async (account, command) => {
    const { outcome } = await ask([refusal(401, 'no')], account);
    expect(outcome).toMatchObject({ problem: { hint: `Log in again: run "${command}".` } });
  });

  it('is tried again soon where something else failed than Twitch', async () => {
    const { outcome } = await ask([new Error('the disk is full')]);
    expect(outcome).toMatchObject({ is: 'refused', again: 'soon' });
  });

  it('is what is there already, where that is of this session', async () => {
    const { outcome, calls } = await ask([refusal(409), twinOf('s1'), twinOf('s1')]);
    expect(outcome).toEqual({ is: 'on', id: 'twin' });
    expect(calls).toHaveLength(3);
  });

  it('takes the place of one of a dead session', async () => {
    const { outcome, calls } = await ask([
      refusal(409),
      twinOf('old'),
      twinOf('old'),
      undefined,
      made,
    ]);
    expect(outcome).toEqual({ is: 'on', id: 'sub1' });
    expect(calls[3]).toBe('DELETE {"id":"twin"}');
  });

  it('takes one for dead whose session cannot be learnt, and one that is gone meanwhile for ended', async () => {
    const answers = [refusal(409), twinOf('old'), refusal(500), refusal(404), made];
    expect((await ask(answers)).outcome).toEqual({ is: 'on', id: 'sub1' });
  });

  it('stays refused where the twin is not to be found, or cannot be deleted', async () => {
    const lost = await ask([refusal(409, 'exists'), { data: [] }]);
    expect(lost.outcome).toMatchObject({ is: 'refused', again: 'later' });
    const stuck = await ask([refusal(409), twinOf('old'), twinOf('old'), refusal(500)]);
    expect(stuck.outcome).toMatchObject({ is: 'refused', again: 'soon' });
  });

  it('throws when it is called off', async () => {
    const signal = AbortSignal.abort(new Error('stopped'));
    await expect(ask([new Error('whatever')], alice, signal)).rejects.toThrow('stopped');
  });
});

describe('a revocation', () => {
  it.each([
    ['authorization_revoked', 'the login was ended', 'run "pertybot login --broadcaster'],
    ['user_removed', 'the account is gone', 'Take "alice" out of the channels.'],
    ['version_removed', 'this kind of event is gone', 'or do without "follow".'],
    ['moderator_removed', 'is no moderator any more', 'Make the account a moderator again'],
    ['beta_maintenance', 'is being changed', 'Update the plugin'],
    ['meteor_strike', '"meteor_strike"', 'Restart the plugin to try it again.'],
    ['', '""', 'Restart the plugin to try it again.'],
    ['constructor', 'constructor', 'Restart the plugin'],
  ])('for "%s" says what it means and what helps', (status, meaning, cure) => {
    const { text, hint } = toRevocation(wanted, status, alice);
    expect(text).toMatch(/^Twitch has ended it: .*\.$/);
    expect(text).toContain(meaning);
    expect(hint).toContain(cure);
  });
});
