import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { loginPagePolicy, renderLoginPage } from '../../src/login/login-page.js';

const page = {
  kind: 'login',
  authorizeUrl: 'https://id.twitch.tv/oauth2/authorize?a=1&b=2',
  account: { account: 'bot' },
  login: 'pertybot',
  scopes: [
    { scope: 'chat:read', account: 'bot', plugins: ['irc'] },
    { scope: 'channel:unheard:of', account: 'bot', plugins: ['irc', 'wheel'] },
  ],
} as const;

describe('renderLoginPage', () => {
  it('links to Twitch, and says which account, which scopes and who wants them', () => {
    const html = renderLoginPage(page);
    expect(html).toContain('id="login"');
    expect(html).toContain('href="https://id.twitch.tv/oauth2/authorize?a=1&amp;b=2"');
    expect(html).toContain('<strong id="account">pertybot</strong>');
    expect(html).toContain('<td>Read chat <code>chat:<wbr>read</code></td><td><b>irc</b></td>');
    expect(html).toContain('<td><code>channel:<wbr>unheard:<wbr>of</code></td>');
    expect(html).toContain('<b>irc</b>, <b>wheel</b>');
  });

  it('says whether the bot or the broadcaster is to log in, by name where it is known', () => {
    const broadcaster = { account: 'broadcaster' } as const;
    const unnamed = { ...page, login: undefined };
    expect(renderLoginPage(page)).toContain('your bot’s account');
    expect(renderLoginPage(unnamed)).toContain('your <strong>bot</strong> shall speak as');
    expect(renderLoginPage({ ...page, account: broadcaster })).toContain(
      '<strong id="account">pertybot</strong>, the broadcaster’s account',
    );
    expect(renderLoginPage({ ...unnamed, account: broadcaster })).toContain(
      'the account of the <strong>channel</strong>',
    );
    const done = { kind: 'done', account: broadcaster, login: 'alice' } as const;
    expect(renderLoginPage(done)).toContain('on the channel of <strong>alice</strong> from now on');
  });

  it('escapes whatever comes from outside', () => {
    const nasty = `<img src=x onerror="alert('1')">&`;
    const problem = { message: nasty, hint: nasty };
    const plugins = [nasty];
    for (const html of [
      renderLoginPage({
        ...page,
        login: nasty,
        problem,
        authorizeUrl: nasty,
        scopes: [{ scope: nasty, account: 'bot', plugins }],
      }),
      renderLoginPage({ kind: 'failed', problem, loginPath: nasty }),
      renderLoginPage({ kind: 'done', account: { account: 'bot' }, login: nasty }),
    ]) {
      expect(html).not.toContain('<img');
      expect(html).toContain('&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;');
    }
  });

  it('offers the link again after a problem', () => {
    const html = renderLoginPage({ ...page, problem: { message: 'You said no at Twitch.' } });
    expect(html).toContain('role="alert"');
    expect(html).toContain('id="retry"');
  });

  it('links back to the login page where there still is one', () => {
    const problem = { message: 'This answer does not belong to a login that was started here.' };
    const html = renderLoginPage({ kind: 'failed', problem, loginPath: '/callback' });
    expect(html).toContain('<a class="button" href="/callback">');
    expect(renderLoginPage({ kind: 'failed', problem })).not.toContain('<a ');
  });

  it('carries a style that its policy allows, and no script', () => {
    const html = renderLoginPage(page);
    const style = /<style>(.*)<\/style>/s.exec(html)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(loginPagePolicy).toContain(`style-src 'sha256-${hash}'`);
    expect(loginPagePolicy).toContain("default-src 'none'");
    expect(html).not.toMatch(/<script|style="|\son\w+=/);
  });
});
