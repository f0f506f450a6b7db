import { type ChildProcess, fork } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from '@jest/globals';
import { botAccount } from '../../src/token/account.js';
import { FileTokenStore } from '../../src/token/file-token-store.js';
import { LockedTokenRefresher } from '../../src/token/token-refresher.js';
import { TwitchIdClient } from '../../src/twitch/twitch-id-client.js';
import { OAuthFixture } from '../oauth-fixture.js';

const refresh = new URL('../processes/refresh.mjs', import.meta.url);
const refreshForEver = new URL('../processes/refresh-for-ever.mjs', import.meta.url);

/** These run the built package in processes of its own: `npm run build` comes first. */
describe('several processes of one bot', () => {
  let fixture: OAuthFixture;
  const children: ChildProcess[] = [];

  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await fixture.stop();
  });

  async function startWith(refreshTokens: 'one-time' | 'reusable'): Promise<string> {
    fixture = await OAuthFixture.start({ timeout: 10_000, client: { refreshTokens } });
    const scopes = ['chat:edit', 'chat:read'];
    const issued = fixture.twitch.id.issueToken({ login: 'pertybot', scopes });
    await store().write(botAccount, { clientId: fixture.config.clientId, ...issued, scopes });
    return issued.accessToken;
  }

  function store(): FileTokenStore {
    return new FileTokenStore(fixture.folders, fixture.clock, fixture.logger);
  }

  function refresher(): LockedTokenRefresher {
    return new LockedTokenRefresher(store(), new TwitchIdClient(fixture.config));
  }

  async function startProcess(script: URL, options = {}): Promise<ChildProcess> {
    const { config, folders } = fixture;
    const child = fork(script, [JSON.stringify({ config, folders, ...options })]);
    children.push(child);
    await once(child, 'message');
    return child;
  }

  async function refreshIn(
    child: ChildProcess,
    stale: string,
    callers: number,
  ): Promise<readonly string[]> {
    child.send({ stale, callers });
    const [{ tokens }] = await once(child, 'message');
    return tokens;
  }

  it('refresh fifty times at once with one-time tokens, and lose none', async () => {
    let token = await startWith('one-time');
    const pair = [await startProcess(refresh), await startProcess(refresh)];
    for (let round = 1; round <= 50; round += 1) {
      const results = await Promise.all(pair.map((child) => refreshIn(child, token, 50)));
      const tokens = new Set(results.flat());
      expect(tokens.size).toBe(1);
      const [next = ''] = tokens;
      expect(fixture.twitch.id.describe(next)?.live).toBe(true);
      expect(next).not.toBe(token);
      expect(fixture.count('token')).toBe(round);
      token = next;
    }
  }, 30_000);

  it('keep the grant when one is killed between the answer and the write', async () => {
    const token = await startWith('reusable');
    const before = await store().read(botAccount);
    const child = await startProcess(refresh, { die: true });
    const exited = once(child, 'exit');
    child.send({ stale: token, callers: 1 });
    expect(await exited).toEqual([null, 'SIGKILL']);
    expect(fixture.count('token')).toBe(1);
    expect(await store().read(botAccount)).toEqual(before);
    const since = performance.now();
    expect((await refresher().refresh(botAccount, token)).status).toBe('refreshed');
    expect(performance.now() - since).toBeLessThan(8_000);
  });

  it('find a clear end where Twitch spent a one-time token on an answer that died with its reader', async () => {
    const token = await startWith('one-time');
    const child = await startProcess(refresh, { die: true });
    const exited = once(child, 'exit');
    child.send({ stale: token, callers: 1 });
    await exited;
    expect(await refresher().refresh(botAccount, token)).toEqual({ status: 'dead' });
  });

  it('keep the grant when one is killed at any other moment', async () => {
    await startWith('reusable');
    for (let round = 0; round < 10; round += 1) {
      const child = await startProcess(refreshForEver);
      const exited = once(child, 'exit');
      const answers = randomInt(1, 5);
      for (let count = 0; count < answers; count += 1) {
        await fixture.twitch.id.waitFor('request', ({ path }) => path.endsWith('/token'));
      }
      setTimeout(() => child.kill('SIGKILL'), randomInt(0, 8));
      await exited;
      const grant = await store().read(botAccount);
      expect(grant).toBeDefined();
      expect((await refresher().refresh(botAccount, grant?.accessToken ?? '')).status).toBe(
        'refreshed',
      );
    }
  }, 30_000);
});
