import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { TerminalDeviceCodeFlow } from '../../src/login/terminal-device-code-flow.js';
import { botAccount } from '../../src/token/account.js';
import type { Grant } from '../../src/token/token-store.js';
import type { ValidToken } from '../../src/token/token-validator.js';
import { OAuthError } from '../../src/twitch/oauth-error.js';
import { TwitchIdClient } from '../../src/twitch/twitch-id-client.js';
import { eventually, FastClock, OAuthFixture } from '../oauth-fixture.js';

describe('TerminalDeviceCodeFlow', () => {
  let fixture: OAuthFixture;
  let accepted: Grant[];
  let wrongAccounts: number;
  let ended: AbortController;
  let clock: FastClock;

  beforeEach(async () => {
    clock = new FastClock(30);
    fixture = await OAuthFixture.start({
      account: 'pertybot',
      clientSecret: undefined,
      client: { secret: undefined },
      simulator: { now: () => clock.now(), deviceInterval: 5, deviceLifetime: 60 },
    });
    accepted = [];
    wrongAccounts = 0;
    ended = new AbortController();
  });

  afterEach(async () => {
    ended.abort(new Error('the test is over'));
    await fixture.stop();
  });

  function run() {
    const client = new TwitchIdClient(fixture.config);
    const flow = new TerminalDeviceCodeFlow(
      client,
      fixture.config,
      fixture.prompt,
      clock,
      fixture.logger,
    );
    return flow.run({
      account: botAccount,
      scopes: fixture.scopes.list,
      signal: ended.signal,
      accept,
    });
  }

  async function accept(grant: Grant): Promise<ValidToken | undefined> {
    if (wrongAccounts > 0) {
      wrongAccounts -= 1;
      throw new OAuthError('OAUTH_WRONG_ACCOUNT', 'You are logged in as "streamer".');
    }
    accepted.push(grant);
    return undefined;
  }

  /** The code that is shown last. */
  async function userCode(count = 1): Promise<string> {
    await eventually(
      () => fixture.shown.filter((text) => text.includes('type the code')).length === count,
    );
    return /type the code +(\S+)/.exec(fixture.shown.at(-1) ?? '')?.[1] ?? '';
  }

  it('shows link, code and QR code, and gets the token of whoever types the code', async () => {
    const running = run();
    const code = await userCode();
    expect(fixture.shown[0]).toContain('"pertybot"');
    expect(fixture.shown[0]).toContain('/activate?public=true&device-code=');
    expect(fixture.shown[0]).toContain('▄▄▄▄▄▄▄');
    fixture.twitch.id.approveDevice(code, { as: 'pertybot' });
    expect(await running).toEqual({ status: 'accepted', token: undefined });
    expect(accepted).toMatchObject([{ scopes: ['chat:edit', 'chat:read'] }]);
  });

  it('sends no secret and asks for scopes by their plural name', async () => {
    const running = run();
    fixture.twitch.id.approveDevice(await userCode(), { as: 'pertybot' });
    await running;
    for (const request of fixture.twitch.id.requests) {
      expect(request.problems).toEqual([]);
      expect(request.formNames).not.toContain('client_secret');
    }
  });

  it('polls on over faults, as often as it was told', async () => {
    fixture.twitch.id.faults.next('token', { status: 500 });
    fixture.twitch.id.faults.next('token', { connection: 'drop' });
    const running = run();
    const code = await userCode();
    await fixture.twitch.id.waitFor('answer', ({ outcome }) => outcome === 'drop');
    fixture.twitch.id.approveDevice(code, { as: 'pertybot' });
    expect((await running).status).toBe('accepted');
  });

  it('polls more slowly when Twitch asks for that', async () => {
    const polls: number[] = [];
    fixture.twitch.id.on(
      'answer',
      ({ path }) => void (path.endsWith('/token') && polls.push(clock.now())),
    );
    fixture.twitch.id.faults.next('token', { status: 400, message: 'slow_down' });
    const running = run();
    const code = await userCode();
    await eventually(() => polls.length === 2);
    expect((polls[1] ?? 0) - (polls[0] ?? 0)).toBeGreaterThanOrEqual(9_900);
    fixture.twitch.id.approveDevice(code, { as: 'pertybot' });
    await running;
  });

  it('says that the owner said no', async () => {
    const running = run();
    fixture.twitch.id.denyDevice(await userCode());
    await expect(running).rejects.toBeInstanceOf(OAuthError);
  });

  it('gives up when the code expires', async () => {
    await expect(run()).rejects.toMatchObject({ code: 'OAUTH_LOGIN_TIMED_OUT' });
  });

  it('shows a new code after the wrong account', async () => {
    wrongAccounts = 1;
    const running = run();
    fixture.twitch.id.approveDevice(await userCode(), { as: 'streamer' });
    await eventually(() => fixture.shown.some((text) => text.includes('logged in as "streamer"')));
    fixture.twitch.id.approveDevice(await userCode(2), { as: 'pertybot' });
    expect((await running).status).toBe('accepted');
    const warnings = fixture.logger.lines.filter(({ level }) => level === 'warn');
    expect(warnings.map(({ message }) => message)).toEqual(['You are logged in as "streamer".']);
  });

  it('stops at once when it is called off', async () => {
    const running = run();
    await userCode();
    ended.abort(new Error('called off'));
    await expect(running).rejects.toThrow('called off');
  });
});
