import { describe, expect, it } from '@jest/globals';
import { redirectUri, simulator } from '../simulator.js';
import { authorizeUrl, locationOf } from './token-client.js';

describe('GET /oauth2/authorize', () => {
  it('sends code, scope and state back at once when an account approves', async () => {
    const twitch = await simulator({ approveAs: 'pertybot' });
    const location = await locationOf(authorizeUrl(twitch));
    expect(location?.href).toMatch(
      /^http:\/\/localhost:3000\/\?code=[a-z0-9]{30}&scope=chat%3Aread\+chat%3Aedit&state=abc$/,
    );
  });

  it('shows a page with every account, every scope and both buttons otherwise', async () => {
    const twitch = await simulator();
    const answer = await fetch(authorizeUrl(twitch));
    const html = await answer.text();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(html).toContain('value="pertybot"');
    expect(html).toContain('value="streamer"');
    expect(html).toContain('Send live stream chat messages');
    expect(html).toContain('value="approve"');
    expect(html).toContain('value="deny"');
  });

  it('escapes names and parameters on that page', async () => {
    const twitch = await simulator();
    const html = await (await fetch(authorizeUrl(twitch, { state: '"><script>' }))).text();
    expect(html).toContain('Demo &lt;bot&gt;');
    expect(html).toContain('value="&quot;&gt;&lt;script&gt;"');
    expect(html).not.toContain('<script>');
  });

  it.each([
    'http://localhost:3000',
    'http://localhost:3000/callback',
    'https://localhost:3000/',
    'http://127.0.0.1:3000/',
  ])('sends the browser to the registered address when it asks for %s', async (wrong) => {
    const twitch = await simulator({ approveAs: 'pertybot' });
    const location = await locationOf(authorizeUrl(twitch, { redirect_uri: wrong }));
    expect(`${location?.origin}${location?.pathname}`).toBe(redirectUri);
    expect(Object.fromEntries(location?.searchParams ?? [])).toEqual({
      error: 'redirect_mismatch',
      error_description: 'Parameter redirect_uri does not match registered URI',
      state: 'abc',
    });
  });

  it('keeps what the redirect address has in its query', async () => {
    const twitch = await simulator({ approveAs: 'pertybot' });
    const uri = 'http://localhost:3000/?from=twitch';
    twitch.id.addClient({ id: 'demo', secret: 's3cret', redirectUris: [uri] });
    const location = await locationOf(authorizeUrl(twitch, { redirect_uri: uri }));
    expect(location?.searchParams.get('from')).toBe('twitch');
    expect(location?.searchParams.get('code')).toHaveLength(30);
  });

  it('answers 400 for an unknown client, and never redirects', async () => {
    const twitch = await simulator({ approveAs: 'pertybot' });
    const answer = await fetch(authorizeUrl(twitch, { client_id: 'nobody' }));
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ status: 400, message: 'invalid client' });
  });

  it.each([
    ['a scope that does not exist', { scope: 'chat:read chat:write' }, 'invalid_scope'],
    ['another response type', { response_type: 'token' }, 'unsupported_response_type'],
  ])('redirects with an error for %s', async (_, change, error) => {
    const twitch = await simulator({ approveAs: 'pertybot' });
    const location = await locationOf(authorizeUrl(twitch, change));
    expect(location?.searchParams.get('error')).toBe(error);
    expect(location?.searchParams.get('state')).toBe('abc');
    expect(location?.searchParams.has('code')).toBe(false);
  });
});

describe('POST /oauth2/authorize', () => {
  const answer = (decision: string, login: string): RequestInit => ({
    method: 'POST',
    body: new URLSearchParams({
      client_id: 'demo',
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'chat:read',
      state: 'abc',
      decision,
      login,
    }),
  });

  it('sends access_denied back when the person denies', async () => {
    const twitch = await simulator();
    const location = await locationOf(`${twitch.idUrl}/authorize`, answer('deny', 'pertybot'));
    expect(location?.search).toBe(
      '?error=access_denied&error_description=The+user+denied+you+access&state=abc',
    );
  });

  it('sends a code back when the person approves', async () => {
    const twitch = await simulator();
    const location = await locationOf(`${twitch.idUrl}/authorize`, answer('approve', 'streamer'));
    expect(location?.searchParams.get('code')).toHaveLength(30);
  });

  it('knows only its own accounts', async () => {
    const twitch = await simulator();
    const page = await fetch(`${twitch.idUrl}/authorize`, answer('approve', '<b>stranger'));
    expect(page.status).toBe(400);
    expect(await page.text()).toContain('&lt;b&gt;stranger');
  });
});
