import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { ScriptedBrowser, type TwitchSimulator } from '../../src/index.js';
import { redeem, validate } from '../id/token-client.js';
import { atEnd, simulator } from '../simulator.js';
import { selfSigned } from './self-signed.js';

async function serve(listener: RequestListener, secure = false): Promise<string> {
  const server = secure ? createSecureServer(selfSigned, listener) : createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  atEnd(() => {
    server.close();
    server.closeAllConnections();
  });
  // A server that listens on a port has such an address.
  return `http${secure ? 's' : ''}://localhost:${(server.address() as AddressInfo).port}/`;
}

/** A login page as a bot serves it, and the page that thanks for the visit. */
async function loginPage(twitch: TwitchSimulator): Promise<string> {
  const page = await serve((request, answer) => {
    const query = new URLSearchParams({
      client_id: 'demo',
      redirect_uri: page,
      response_type: 'code',
      scope: 'chat:read chat:edit',
      state: 'abc',
    });
    const href = `${twitch.idUrl}/authorize?${query}`.replaceAll('&', '&amp;');
    const url = new URL(request.url ?? '/', page);
    if (url.pathname === '/done') answer.end('<h1>Thank you</h1>');
    else if (url.search !== '') answer.writeHead(303, { Location: '/done' }).end();
    else answer.end(`<p><a class="x" id="login" href="${href}">Log in</a></p>`);
  });
  twitch.id.addClient({ id: 'demo', secret: 's3cret', redirectUris: [page] });
  return page;
}

/** The code that came back to the bot's page, if one did. */
function codeOf(browser: ScriptedBrowser, page: string): string | undefined {
  const back = browser.history.find((url) => url.startsWith(`${page}?`));
  return back === undefined ? undefined : (new URL(back).searchParams.get('code') ?? undefined);
}

/** The login of the account that logged in. */
async function whoLoggedIn(
  twitch: TwitchSimulator,
  browser: ScriptedBrowser,
  page: string,
): Promise<unknown> {
  const code = codeOf(browser, page) ?? '';
  const { json } = await redeem(twitch, code, { redirect_uri: page });
  return (await validate(twitch, String(json.access_token))).json.login;
}

describe('ScriptedBrowser', () => {
  it('logs in from the bot’s page through the consent page to the thanks', async () => {
    const twitch = await simulator();
    const page = await loginPage(twitch);
    const browser = new ScriptedBrowser();
    expect(await browser.visit(page)).toEqual({
      status: 200,
      url: `${page}done`,
      html: '<h1>Thank you</h1>',
    });
    expect(await whoLoggedIn(twitch, browser, page)).toBe('pertybot');
  });

  it('chooses the account that it is told to', async () => {
    const twitch = await simulator();
    const page = await loginPage(twitch);
    const browser = new ScriptedBrowser({ as: 'streamer' });
    await browser.visit(page);
    expect(await whoLoggedIn(twitch, browser, page)).toBe('streamer');
  });

  it('denies when told to', async () => {
    const twitch = await simulator();
    const page = await loginPage(twitch);
    const browser = new ScriptedBrowser({ approve: false });
    await browser.visit(page);
    expect(browser.history.at(-2)).toContain('error=access_denied');
    expect(codeOf(browser, page)).toBeUndefined();
  });

  it('passes where consent is given without a page', async () => {
    const twitch = await simulator({ approveAs: 'pertybot' });
    const page = await loginPage(twitch);
    expect((await new ScriptedBrowser().visit(page)).url).toBe(`${page}done`);
  });

  it('lets a device in', async () => {
    const twitch = await simulator();
    const body = new URLSearchParams({ client_id: 'public', scopes: 'chat:read' });
    const device = await fetch(`${twitch.idUrl}/device`, { method: 'POST', body });
    const { verification_uri: uri } = Object(await device.json());
    const page = await new ScriptedBrowser().visit(String(uri));
    expect(page.html).toContain('<h1>Connected</h1>');
  });

  it('sends forms that are marked, and keeps cookies', async () => {
    const seen: string[] = [];
    const page = await serve((request, answer) => {
      seen.push(`${request.method} ${request.url} ${request.headers.cookie ?? '-'}`);
      if (request.url === '/') {
        answer.setHeader('Set-Cookie', ['one=1; HttpOnly', 'two=2']);
        answer.end(
          '<form data-login action="next"><input type=hidden name="a" value="b &amp; c"></form>',
        );
      } else if (request.url?.startsWith('/next') === true) {
        answer.setHeader('Set-Cookie', 'two=; Max-Age=0');
        answer.end("<form data-login method='post' action='/last'><input name='typed'></form>");
      } else answer.end('done');
    });
    const visit = await new ScriptedBrowser().visit(page);
    expect(visit.html).toBe('done');
    expect(seen).toEqual(['GET / -', 'GET /next?a=b+%26+c one=1; two=2', 'POST /last one=1']);
  });

  it('takes a certificate that nobody has signed', async () => {
    const page = await serve((_, answer) => answer.end('secure'), true);
    expect(page).toMatch(/^https:/);
    expect((await new ScriptedBrowser().visit(page)).html).toBe('secure');
  });

  it('follows no link that is not marked', async () => {
    const page = await serve((_, answer) => {
      answer.end('<a href="/x">log in</a><a id="login-help" href="/y">data-login</a>');
    });
    expect((await new ScriptedBrowser().visit(page)).url).toBe(page);
  });

  it('gives up on a login that never ends', async () => {
    const page = await serve((_, answer) => answer.end('<a data-login href="/?code=secret">x</a>'));
    const visit = new ScriptedBrowser().visit(`${page}?code=secret`);
    await expect(visit).rejects.toMatchObject({ code: 'SIMULATOR_BROWSER_LOST' });
    await expect(visit).rejects.toThrow('has not ended after 20 pages');
  });

  it('names only the origin of a page that cannot be loaded', async () => {
    const visit = new ScriptedBrowser().visit('http://127.0.0.1:1/?code=secret');
    await expect(visit).rejects.toThrow('No page could be loaded from "http://127.0.0.1:1".');
  });
});
