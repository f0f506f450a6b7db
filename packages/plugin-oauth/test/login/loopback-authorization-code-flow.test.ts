import http from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser } from '@pertybot/core';
import { ScriptedBrowser } from '@pertybot/twitch-simulator';
import { LoopbackAuthorizationCodeFlow } from '../../src/login/loopback-authorization-code-flow.js';
import { botAccount } from '../../src/token/account.js';
import type { Grant } from '../../src/token/token-store.js';
import type { ValidToken } from '../../src/token/token-validator.js';
import { OAuthError } from '../../src/twitch/oauth-error.js';
import { TwitchIdClient } from '../../src/twitch/twitch-id-client.js';
import { eventually, OAuthFixture } from '../oauth-fixture.js';

describe('LoopbackAuthorizationCodeFlow', () => {
  let fixture: OAuthFixture;
  let accepted: Grant[];
  let wrongAccounts: number;
  let ended: AbortController;

  beforeEach(async () => {
    fixture = await OAuthFixture.start({ account: 'pertybot' });
    accepted = [];
    wrongAccounts = 0;
    ended = new AbortController();
  });

  afterEach(async () => {
    ended.abort(new Error('the test is over'));
    await fixture.stop();
  });

  function flow(browser: Browser = fixture.browser({ as: 'pertybot' }), config = {}) {
    const settings = { ...fixture.config, ...config };
    const { prompt, clock, folders, logger } = fixture;
    const client = new TwitchIdClient(settings);
    return new LoopbackAuthorizationCodeFlow(
      client,
      settings,
      browser,
      prompt,
      clock,
      folders,
      logger,
    );
  }

  function request(options = {}) {
    return {
      account: botAccount,
      scopes: fixture.scopes.list,
      signal: ended.signal,
      accept,
      ...options,
    };
  }

  async function accept(grant: Grant): Promise<ValidToken> {
    if (wrongAccounts > 0) {
      wrongAccounts -= 1;
      throw new OAuthError('OAUTH_WRONG_ACCOUNT', 'You are logged in as "streamer".');
    }
    accepted.push(grant);
    const { clientId, accessToken: token, scopes } = grant;
    const valid = { token, clientId, scopes, userId: '1', login: 'pertybot' };
    return { status: 'valid', token: valid, expiresIn: undefined, missing: [] };
  }

  const warnings = () =>
    fixture.logger.lines.filter(({ level }) => level === 'warn').map(({ message }) => message);

  const noBrowser: Browser = { open: async () => false };

  it('takes the owner from the login page through Twitch to a page that says it worked', async () => {
    const browser = fixture.browser({ as: 'pertybot' });
    expect(await flow(browser).run(request())).toMatchObject({
      status: 'accepted',
      token: { token: { login: 'pertybot' } },
    });
    expect(accepted).toMatchObject([
      { clientId: fixture.config.clientId, scopes: ['chat:edit', 'chat:read'] },
    ]);
    const last = await browser.visits[0];
    expect(last?.html).toContain('id="done"');
    expect(last?.url).toBe(fixture.config.redirectUri);
  });

  it('has stopped listening when it returns', async () => {
    await flow().run(request());
    await expect(fetch(fixture.config.redirectUri)).rejects.toThrow();
  });

  it('stops listening when it is called off', async () => {
    const running = flow({ open: async () => true }).run(request());
    await eventually(() => fixture.logger.lines.length > 0);
    ended.abort(new Error('called off'));
    await expect(running).rejects.toThrow('called off');
    await expect(fetch(fixture.config.redirectUri)).rejects.toThrow();
  });

  it('shows a denial, and goes on', async () => {
    const denying = new ScriptedBrowser({ approve: false });
    const running = flow({ open: async () => true }).run(request());
    await eventually(() => fixture.logger.lines.length > 0);
    const page = await denying.visit(fixture.config.redirectUri);
    expect(page.html).toContain('You said no at Twitch.');
    expect(warnings()).toEqual(['You said no at Twitch.']);
    await new ScriptedBrowser().visit(linkOf(page.html));
    expect((await running).status).toBe('accepted');
  });

  it('shows what to do about a redirect URI that Twitch does not know', async () => {
    const running = flow({ open: async () => true }).run(request());
    await eventually(() => fixture.logger.lines.length > 0);
    const link = new URL(linkOf(await textOf(fixture.config.redirectUri)));
    link.searchParams.set('redirect_uri', 'http://localhost:1/');
    const page = await new ScriptedBrowser().visit(link.href);
    expect(page.html).toContain('Twitch does not know the redirect URI');
    expect(warnings()).toEqual([
      `Twitch does not know the redirect URI "${fixture.config.redirectUri}".`,
    ]);
    ended.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
  });

  it('shows any other error readably and escaped', async () => {
    const running = flow({ open: async () => true }).run(request());
    await eventually(() => fixture.logger.lines.length > 0);
    const state = stateOf(await textOf(fixture.config.redirectUri));
    const query = new URLSearchParams({
      error: 'odd<b>',
      error_description: 'a "thing"\u0007',
      state,
    });
    const html = await textOf(`${fixture.config.redirectUri}?${query}`);
    expect(html).toContain('Twitch says: odd&lt;b&gt; a &quot;thing&quot;');
    ended.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
  });

  it.each(['', '&state=', '&state=made-up', '&state=a&state=b'])(
    'answers a callback with "%s" for a state, and ignores it',
    async (state) => {
      const running = flow({ open: async () => true }).run(request());
      await eventually(() => fixture.logger.lines.length > 0);
      const { status, body } = await get(`${fixture.config.redirectUri}?code=stolen${state}`);
      expect(status).toBe(400);
      expect(body).toContain('does not belong to a login that was started here');
      expect(fixture.count('token')).toBe(0);
      await new ScriptedBrowser().visit(fixture.config.redirectUri);
      expect((await running).status).toBe('accepted');
    },
  );

  it('takes a state once, tells of a wrong account, and sends a second use back to the page', async () => {
    wrongAccounts = 1;
    const running = flow({ open: async () => true }).run(request());
    await eventually(() => fixture.logger.lines.length > 0);
    const browser = new ScriptedBrowser();
    const page = await browser.visit(fixture.config.redirectUri);
    expect(page.html).toContain('You are logged in as &quot;streamer&quot;.');
    expect(warnings()).toEqual(['You are logged in as "streamer".']);
    const callback = browser.history.find((url) => url.includes('code=')) ?? '';
    expect((await get(callback)).status).toBe(303);
    expect(fixture.count('token')).toBe(1);
    await new ScriptedBrowser().visit(linkOf(page.html));
    expect((await running).status).toBe('accepted');
  });

  it('shows the cure for a redirect URI of another path, which comes to that path', async () => {
    const { port } = new URL(fixture.config.redirectUri);
    const redirectUri = `http://localhost:${port}/auth/callback`;
    const running = flow({ open: async () => true }, { redirectUri }).run(request());
    await eventually(() => fixture.logger.lines.length > 0);
    const page = await new ScriptedBrowser().visit(redirectUri);
    expect(page.html).toContain('Twitch does not know the redirect URI');
    expect(page.html).toContain(redirectUri);
    expect(warnings()).toEqual([`Twitch does not know the redirect URI "${redirectUri}".`]);
    ended.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
  });

  it('answers ten copies of the right callback alike, and asks Twitch once', async () => {
    const running = flow({ open: async () => true }).run(request());
    await eventually(() => fixture.logger.lines.length > 0);
    const callback = await callbackOf(linkOf(await textOf(fixture.config.redirectUri)));
    const pages = await Promise.all(Array.from({ length: 10 }, () => textOf(callback)));
    expect(pages.filter((html) => html.includes('id="done"'))).toHaveLength(10);
    expect(fixture.count('token')).toBe(1);
    expect((await running).status).toBe('accepted');
  });

  it('is spoilt neither by a hundred tabs nor by errors that anybody may forge', async () => {
    const letThrough = fixture.twitch.id.faults.hold('token');
    const running = flow({ open: async () => true }).run(request());
    await eventually(() => fixture.logger.lines.length > 0);
    const link = linkOf(await textOf(fixture.config.redirectUri));
    for (let tab = 0; tab < 100; tab += 1) await textOf(fixture.config.redirectUri);
    const asked = fixture.twitch.id.waitFor('request', ({ path }) => path.endsWith('/token'));
    const good = callbackOf(link).then(textOf);
    await asked;
    const lure = 'error=x&error_description=Your+account+is+locked,+visit+evil.example';
    for (const state of ['', '&state=made-up']) {
      const { status, body } = await get(`${fixture.config.redirectUri}?${lure}${state}`);
      expect(status).toBe(400);
      expect(body).toContain('does not belong to a login that was started here');
      expect(body).not.toContain('locked');
    }
    letThrough();
    expect(await good).toContain('id="done"');
    expect((await running).status).toBe('accepted');
    expect(warnings()).toEqual(['This answer does not belong to a login that was started here.']);
  });

  it('offers another try when Twitch gives no answer to the code', async () => {
    fixture.twitch.id.faults.next('token', { connection: 'drop' });
    const running = flow({ open: async () => true }).run(request());
    await eventually(() => fixture.logger.lines.length > 0);
    const page = await new ScriptedBrowser().visit(fixture.config.redirectUri);
    expect(page.html).toContain('cannot be reached');
    await new ScriptedBrowser().visit(linkOf(page.html));
    expect((await running).status).toBe('accepted');
  });

  it('ends with the cure when the client secret is wrong, and says so on the page', async () => {
    const browser = fixture.browser();
    const running = flow(browser, { clientSecret: 'a-wrong-secret' }).run(request());
    await expect(running).rejects.toMatchObject({ code: 'OAUTH_CLIENT_SECRET_WRONG' });
    const page = await browser.visits[0];
    expect(page?.html).toContain('Twitch refuses the client secret.');
    expect(page?.html).not.toContain('a-wrong-secret');
  });

  it('leaves the choice to its caller when no browser opens', async () => {
    expect(await flow(noBrowser).run(request({ onlyWithBrowser: true }))).toEqual({
      status: 'no-browser',
    });
    expect(fixture.shown).toEqual([]);
  });

  it('shows the page, the tunnel and a link without a browser, and takes the pasted address', async () => {
    let answer: (line: string) => void = () => {};
    const asked: Promise<string>[] = [];
    fixture.prompt.ask = () => {
      const line = new Promise<string>((resolve) => {
        answer = resolve;
      });
      asked.push(line);
      return line;
    };
    const running = flow(noBrowser).run(request());
    await eventually(() => asked.length === 1);
    const guide = fixture.shown.join('\n');
    const { port } = new URL(fixture.config.redirectUri);
    expect(guide).toContain(fixture.config.redirectUri);
    expect(guide).toMatch(new RegExp(`ssh -L ${port}:localhost:${port} \\S+@\\S+`));
    answer('https://example.com/?code=abc');
    await eventually(() => asked.length === 2);
    expect(fixture.shown.at(-1)).toContain('That address does not begin with');
    expect(fixture.shown.at(-1)).not.toContain('abc');
    answer(await callbackOf(/https?:\S+authorize\S+/.exec(guide)?.[0] ?? ''));
    expect((await running).status).toBe('accepted');
  });

  it('tells an error at the prompt, too, with a new link', async () => {
    const asked: ((line: string) => void)[] = [];
    fixture.prompt.ask = () => new Promise<string>((resolve) => void asked.push(resolve));
    const running = flow(noBrowser).run(request());
    await eventually(() => asked.length === 1);
    asked[0]?.(`${fixture.config.redirectUri}?code=abc&state=made-up`);
    await eventually(() => asked.length === 2);
    expect(fixture.shown.at(-1)).toContain('does not belong to a login');
    asked[1]?.(
      await callbackOf(/https?:\S+authorize\S+/.exec(fixture.shown.at(-1) ?? '')?.[0] ?? ''),
    );
    expect((await running).status).toBe('accepted');
  });

  it('says so when another program has the port', async () => {
    const other = http.createServer((_request, response) => response.end('hello'));
    await new Promise<void>((resolve) =>
      other.listen(Number(new URL(fixture.config.redirectUri).port), '127.0.0.1', resolve),
    );
    await expect(flow().run(request())).rejects.toMatchObject({ code: 'OAUTH_PORT_BUSY' });
    await new Promise((resolve) => other.close(resolve));
  });

  it('points to the page of the bot that runs already, rather than fail', async () => {
    const first = flow({ open: async () => true }).run(request());
    await eventually(() => fixture.logger.lines.length > 0);
    const opened: string[] = [];
    const gone = new AbortController();
    const second = flow({ open: async (url) => opened.push(url) > 0 }).run(
      request({ signal: gone.signal }),
    );
    await eventually(() => opened.length === 1);
    expect(opened).toEqual([fixture.config.redirectUri]);
    gone.abort(new Error('logged in over there'));
    await expect(second).rejects.toThrow('logged in over there');
    await new ScriptedBrowser().visit(fixture.config.redirectUri);
    expect((await first).status).toBe('accepted');
  });

  it('waits for its turn where the bot that runs asks for another account', async () => {
    const ofBot = new AbortController();
    const first = flow({ open: async () => true }).run(request({ signal: ofBot.signal }));
    await eventually(() => fixture.logger.lines.length > 0);
    const opened: string[] = [];
    const account = { account: 'broadcaster', channel: 'pertybot' };
    const second = flow({ open: async (url) => opened.push(url) > 0 }).run(request({ account }));
    await eventually(() => fixture.shown.length === 1);
    expect(fixture.shown[0]).toContain('waits for the login of another account');
    expect(opened).toEqual([]);
    ofBot.abort(new Error('over'));
    await expect(first).rejects.toThrow('over');
    await eventually(() => opened.length === 1);
    await new ScriptedBrowser({ as: 'pertybot' }).visit(fixture.config.redirectUri);
    expect((await second).status).toBe('accepted');
  });

  /** Where Twitch sends the browser on to. */
  async function callbackOf(authorizeUrl: string): Promise<string> {
    fixture.twitch.id.approveAs('pertybot');
    const response = await fetch(authorizeUrl, { redirect: 'manual' });
    return response.headers.get('location') ?? '';
  }
});

async function textOf(url: string): Promise<string> {
  return (await fetch(url)).text();
}

async function get(url: string): Promise<{ readonly status: number; readonly body: string }> {
  const response = await fetch(url, { redirect: 'manual' });
  return { status: response.status, body: await response.text() };
}

function linkOf(html: string): string {
  const href = /id="(?:login|retry)"[^>]*href="([^"]+)"/.exec(html)?.[1] ?? '';
  return href.replaceAll('&amp;', '&');
}

function stateOf(html: string): string {
  return new URL(linkOf(html)).searchParams.get('state') ?? '';
}
