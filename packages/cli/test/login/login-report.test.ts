import { describe, expect, it } from '@jest/globals';
import { PertyError } from '@pertybot/core';
import type { LoginStatus, Logins } from '@pertybot/plugin-oauth';
import { accountOf } from '../../src/login/account-flags.js';
import { type AccountReport, formatLogin, reportsOf } from '../../src/login/login-report.js';
import { plainStyle } from '../../src/terminal/style.js';

const bot = { account: 'bot' } as const;
const alice = { account: 'broadcaster', channel: 'alice' } as const;
const format = (
  report: AccountReport['report'],
  running?: { readonly waitsForLogin: boolean },
  account: AccountReport['account'] = bot,
) => formatLogin({ account, report }, plainStyle, running);

const valid: LoginStatus = {
  ...{ status: 'valid', login: 'pertybot', userId: '1', expiresIn: 14_400_000, ownToken: false },
  scopes: [],
};
const invalid = (refreshable: boolean): LoginStatus =>
  // Whose token it is makes no difference here.
  ({ status: 'invalid', refreshable, ownToken: false }) as LoginStatus;

describe('how a login stands', () => {
  it('is a name, and for how long its token is good', () => {
    expect(format(valid)).toEqual(['pertybot, the token is good for 4 h']);
    expect(format({ ...valid, expiresIn: undefined } as LoginStatus)).toEqual(['pertybot']);
    expect(format({ ...valid, ownToken: true } as LoginStatus)[0]).toMatch(
      /, by a token of your own$/,
    );
  });

  it('is each scope with who wants it, and how one gets those that are missing', () => {
    const scopes = [
      { scope: 'chat:read', plugins: ['irc'], granted: true },
      { scope: 'bits:read', plugins: [], granted: true },
      { scope: 'channel:read:redemptions', plugins: ['eventsub', 'gpio'], granted: false },
    ];
    expect(format({ ...valid, scopes } as LoginStatus, undefined, alice).slice(1)).toEqual([
      'chat:read (for irc)',
      'bits:read (nobody needs it)',
      expect.stringMatching(
        /^channel:read:redemptions is missing \(for eventsub, gpio\); run pertybot login --broadcaster/,
      ),
    ]);
  });

  it('is what to run where there is none', () => {
    expect(format({ status: 'none' })).toEqual(['nobody is logged in; run pertybot login']);
    expect(format({ status: 'none' }, undefined, alice)[0]).toContain('--broadcaster');
  });

  it.each([
    [false, undefined, /refuses the token; run pertybot login/],
    [false, { waitsForLogin: false }, /refuses the token; run pertybot login/],
    [true, { waitsForLogin: true }, /has ended the login; run pertybot login/],
    [true, { waitsForLogin: false }, /asks for another one by itself$/],
    [true, undefined, /when the bot starts it asks for another one/],
  ])('is what becomes of a token that is refused (%s, %j)', (refreshable, running, words) => {
    expect(format(invalid(refreshable), running)).toEqual([expect.stringMatching(words)]);
  });

  it('is why it is not known, and what to do about that', () => {
    expect(format({ status: 'unknown', reason: 'Twitch is away' })).toEqual(['Twitch is away']);
    const hint = 'Run that version again.';
    expect(format({ status: 'unknown', reason: 'It is a newer one.', hint })).toEqual([
      'It is a newer one.',
      hint,
    ]);
  });
});

describe('how all logins of a bot stand', () => {
  /** Logins of which each stands as a test says. */
  const logins = (answers: readonly (LoginStatus | Error)[]) =>
    // Nothing else is asked of them.
    ({
      accounts: async () =>
        answers.map((_, index) => (index === 0 ? bot : { ...alice, channel: `c${index}` })),
      status: async (account: { channel?: string }) => {
        const answer = answers[Number(account.channel?.slice(1) ?? 0)];
        if (answer === undefined || answer instanceof Error) throw answer;
        return answer;
      },
    }) as unknown as Logins;

  it('is told of each, though one cannot be asked for', async () => {
    const reports = await reportsOf(logins([valid, new Error('no network'), { status: 'none' }]));
    expect(reports.map(({ report }) => report)).toEqual([
      valid,
      { status: 'unknown', reason: 'no network' },
      { status: 'none' },
    ]);
    expect(await reportsOf(logins([]))).toEqual([]);
  });

  it('is what an error says, with its hint', async () => {
    class Fault extends PertyError<string> {}
    const newer = new Fault('TOKEN_STORE_NEWER', 'It is a newer one.', { hint: 'Move it.' });
    expect((await reportsOf(logins([newer])))[0]?.report).toEqual({
      status: 'unknown',
      reason: 'It is a newer one.',
      hint: 'Move it.',
    });
  });

  it('is a sentence where plugins.yaml is missing or has faults', async () => {
    class Fault extends PertyError<string> {}
    const [missing, faulty] = await reportsOf(
      logins([new Fault('CONFIG_MISSING', 'x'), new Fault('CONFIG_INVALID', 'many lines\nof it')]),
    );
    expect(missing?.report).toMatchObject({ reason: 'there is no plugins.yaml in this folder' });
    expect(faulty?.report).toMatchObject({ reason: 'plugins.yaml has faults; run pertybot check' });
  });
});

describe('whose login the flags mean', () => {
  it('is the bot’s, or that of a broadcaster', () => {
    expect(accountOf({ broadcaster: false })).toEqual({ account: 'bot' });
    expect(accountOf({ broadcaster: false, channel: 'alice' })).toEqual({ account: 'bot' });
    expect(accountOf({ broadcaster: true })).toEqual({
      account: 'broadcaster',
      channel: undefined,
    });
    expect(accountOf({ broadcaster: true, channel: 'alice' })).toEqual(alice);
  });
});
