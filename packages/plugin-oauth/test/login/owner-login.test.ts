import { mkdir } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { GrantIntake } from '../../src/login/grant-intake.js';
import { type LoginFlowRequest, type LoginFlowResult } from '../../src/login/login.js';
import { OwnerLogin } from '../../src/login/owner-login.js';
import { botAccount } from '../../src/token/account.js';
import { FileTokenStore } from '../../src/token/file-token-store.js';
import { TwitchTokenValidator, type ValidToken } from '../../src/token/token-validator.js';
import { type LoginMethod, type OAuthConfig } from '../../src/twitch/oauth-config.js';
import { OAuthError } from '../../src/twitch/oauth-error.js';
import { TwitchIdClient } from '../../src/twitch/twitch-id-client.js';
import { eventually, OAuthFixture } from '../oauth-fixture.js';

/** A flow whose owner logs in when the test says so. */
class FakeFlow {
  requests: LoginFlowRequest[] = [];
  hasBrowser = true;
  fault: OAuthError | undefined;

  async run(request: LoginFlowRequest & { onlyWithBrowser?: boolean }): Promise<LoginFlowResult> {
    this.requests.push(request);
    if (this.fault !== undefined) throw this.fault;
    if (!this.hasBrowser && request.onlyWithBrowser) return { status: 'no-browser' };
    return new Promise((_resolve, reject) => {
      request.signal.addEventListener('abort', () => reject(request.signal.reason));
    });
  }
}

describe('OwnerLogin', () => {
  let fixture: OAuthFixture;
  let store: FileTokenStore;
  let browserFlow: FakeFlow;
  let deviceFlow: FakeFlow;
  let ended: AbortController;

  beforeEach(async () => {
    fixture = await OAuthFixture.start({ account: 'pertybot' });
    store = new FileTokenStore(fixture.folders, fixture.clock, fixture.logger);
    browserFlow = new FakeFlow();
    deviceFlow = new FakeFlow();
    ended = new AbortController();
  });

  afterEach(async () => {
    ended.abort(new Error('the test is over'));
    await fixture.stop();
  });

  function run(
    method?: LoginMethod,
    config: Partial<OAuthConfig> = {},
  ): Promise<ValidToken | undefined> {
    const settings = { ...fixture.config, ...config };
    const { clock, logger, accountScopes } = fixture;
    const client = new TwitchIdClient(settings);
    const validator = new TwitchTokenValidator(client, settings, accountScopes);
    const intake = new GrantIntake(store, validator, client, clock, logger);
    const login = new OwnerLogin(
      ...([
        browserFlow,
        deviceFlow,
        intake,
        store,
        validator,
        settings,
        accountScopes,
        clock,
        logger,
      ] as const),
    );
    return login.run({ signal: ended.signal, ...(method === undefined ? {} : { method }) });
  }

  function issue() {
    const scopes = ['chat:edit', 'chat:read'];
    return {
      clientId: fixture.config.clientId,
      ...fixture.twitch.id.issueToken({ login: 'pertybot', scopes }),
      scopes,
    };
  }

  it('sends nobody to Twitch for a login that could not be kept', async () => {
    await mkdir(fixture.tokenFile, { recursive: true });
    await expect(run()).rejects.toMatchObject({ code: 'TOKEN_STORE_UNREADABLE' });
    expect([browserFlow.requests, deviceFlow.requests]).toEqual([[], []]);
  });

  it.each([
    ['a secret and a browser', undefined, true, {}, [1, 0]],
    ['a secret and no browser', undefined, false, {}, [1, 1]],
    ['no secret', undefined, true, { clientSecret: undefined }, [0, 1]],
    ['the owner’s word for the browser, though none opens', 'browser', false, {}, [1, 0]],
    ['the owner’s word for a device', 'device', true, {}, [0, 1]],
    ['the configuration’s word for a device', undefined, true, { login: 'device' }, [0, 1]],
  ] as const)('chooses by %s', async (_name, method, hasBrowser, config, [browser, device]) => {
    browserFlow.hasBrowser = hasBrowser;
    const running = run(method, config);
    running.catch(() => {});
    await eventually(
      () => browserFlow.requests.length >= browser && deviceFlow.requests.length >= device,
    );
    expect([browserFlow.requests.length, deviceFlow.requests.length]).toEqual([browser, device]);
  });

  it('goes on with a device code when the port of the page is taken, unless told otherwise', async () => {
    browserFlow.fault = new OAuthError('OAUTH_PORT_BUSY', 'Another program uses port "3000".');
    run().catch(() => {});
    await eventually(() => deviceFlow.requests.length === 1);
    expect(fixture.logger.lines[0]).toMatchObject({
      level: 'warn',
      message: browserFlow.fault.message,
    });
    await expect(run('browser')).rejects.toBe(browserFlow.fault);
  });

  it('takes a grant that another process stores, and ends its own flow', async () => {
    const running = run();
    await eventually(() => browserFlow.requests.length === 1);
    const grant = issue();
    await store.exclusively(() => store.write(botAccount, grant));
    expect((await running)?.token.token).toBe(grant.accessToken);
    expect(browserFlow.requests[0]?.signal.aborted).toBe(true);
  });

  it('takes no grant of another process that lacks what is wanted', async () => {
    const running = run();
    await eventually(() => browserFlow.requests.length === 1);
    const { accessToken, refreshToken } = fixture.twitch.id.issueToken({
      login: 'pertybot',
      scopes: [],
    });
    const poor = { clientId: fixture.config.clientId, accessToken, refreshToken, scopes: [] };
    await store.exclusively(() => store.write(botAccount, poor));
    await eventually(() => fixture.count('validate') >= 1);
    const grant = issue();
    await store.exclusively(() => store.write(botAccount, grant));
    expect((await running)?.token.token).toBe(grant.accessToken);
  });

  it('finishes what it is storing when it is called off meanwhile', async () => {
    const running = run();
    running.catch(() => {});
    await eventually(() => browserFlow.requests.length === 1);
    const letThrough = fixture.twitch.id.faults.hold('validate');
    const grant = issue();
    const accepting = browserFlow.requests[0]?.accept(grant);
    ended.abort(new Error('called off'));
    letThrough();
    expect((await accepting)?.token.login).toBe('pertybot');
    expect(await store.read(botAccount)).toEqual({ ...grant, login: 'pertybot' });
    expect(browserFlow.requests[0]?.signal.aborted).toBe(false);
  });
});
