import { createHash } from 'node:crypto';
import type { RequestedScope } from '@pertybot/core/host';
import type { LoginAccount } from '../token/account.js';
import { describeScope } from './scope-meaning.js';

/** What the login page shows. */
export type LoginPage =
  | {
      readonly kind: 'login';
      readonly authorizeUrl: string;
      /** Who is to log in. */
      readonly account: LoginAccount;
      /** Login of that account, where it is known. */
      readonly login: string | undefined;
      readonly scopes: readonly RequestedScope[];
      /** What went wrong in the last attempt. */
      readonly problem?: PageProblem | undefined;
    }
  | {
      readonly kind: 'done';
      readonly account: LoginAccount;
      readonly login: string | undefined;
    }
  | {
      readonly kind: 'failed';
      readonly problem: PageProblem;
      /** Path of the login page, where there still is one. */
      readonly loginPath?: string | undefined;
    };

/** Something that went wrong, and what to do. */
export interface PageProblem {
  readonly message: string;
  readonly hint?: string | undefined;
}

/** Style of the login page; inline, since the page loads nothing. */
const loginPageStyle = `
:root { color-scheme: light dark; --ink: #1d1a26; --soft: #6b6578; --paper: #fff; --ground: #f3f0fa; --line: #e4dff0; --accent: #7c3aed; --lamp: #f5b301; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #efeaf8; --soft: #a49db5; --paper: #1f1b29; --ground: #14111b; --line: #352f45; --accent: #a274ff; }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem; background: var(--ground); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; }
main { width: 100%; max-width: 36rem; overflow-wrap: anywhere; text-wrap: pretty; padding: 2.25rem 2.5rem; background: var(--paper); border: 1px solid var(--line); border-radius: 1rem; box-shadow: 0 1.25rem 3rem rgb(30 10 70 / 10%); }
main > :last-child { margin-bottom: 0; }
.brand { margin: 0 0 1.5rem; display: flex; align-items: center; gap: .6rem; font-weight: 650; letter-spacing: .01em; color: var(--soft); }
.lamp { width: .8rem; height: .8rem; border-radius: 50%; background: var(--lamp); box-shadow: 0 0 .9rem .1rem var(--lamp); }
[data-state=failed] .lamp { background: #d33; box-shadow: 0 0 .9rem .1rem #d33; }
[data-state=done] .lamp { background: #2fa84f; box-shadow: 0 0 .9rem .1rem #2fa84f; }
h1 { margin: 0 0 .75rem; font-size: 1.75rem; line-height: 1.2; letter-spacing: -.01em; }
table { width: 100%; margin: 1.25rem 0; border-collapse: collapse; font-size: .95rem; }
th { text-align: left; font-size: .8rem; font-weight: 600; color: var(--soft); }
th, td { padding: .45rem 1rem .45rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th:last-child, td:last-child { width: 40%; padding-right: 0; }
code { display: block; font: .85em/1.5 ui-monospace, monospace; color: var(--soft); }
.button { display: inline-block; margin: .5rem 0; padding: .75rem 1.4rem; border-radius: .6rem; background: var(--accent); color: #fff; font-weight: 650; text-decoration: none; }
.button:hover { filter: brightness(1.08); }
.button:focus-visible { outline: 3px solid var(--lamp); outline-offset: 3px; }
@media (prefers-color-scheme: dark) { .button { color: #14111b; } }
.problem { padding: .8rem 1rem; border-left: 4px solid #d33; border-radius: .4rem; background: rgb(221 51 51 / 10%); }
.small { margin: 1rem 0 0; font-size: .85rem; color: var(--soft); }
@media (max-width: 32rem) {
  body { padding: .75rem; }
  main { padding: 1.5rem 1.25rem; }
  .button { display: block; text-align: center; }
}
`;

/** Content-Security-Policy of the page: it loads nothing, runs nothing and sends no form. */
export const loginPagePolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(loginPageStyle).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The page at the redirect URI, as HTML. All text from outside is escaped. */
export function renderLoginPage(page: LoginPage): string {
  const titles = {
    login: 'Log in to Twitch',
    done: 'You are logged in',
    failed: 'That did not work',
  };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${titles[page.kind]} · PertyBot</title>
<style>${loginPageStyle}</style>
</head>
<body>
<main data-state="${page.kind}">
<p class="brand" aria-hidden="true"><span class="lamp"></span>PertyBot</p>
<h1>${titles[page.kind]}</h1>
${renderBody(page)}
</main>
</body>
</html>
`;
}

function renderBody(page: LoginPage): string {
  if (page.kind === 'failed') {
    const way =
      page.loginPath === undefined
        ? ''
        : `<p><a class="button" href="${escapeHtml(page.loginPath)}">Open the login page</a></p>`;
    return `${renderProblem(page.problem)}\n${way}`;
  }
  if (page.kind === 'done') {
    return `<p id="done">${renderDone(page)} You can close this page.</p>`;
  }
  return `${page.problem === undefined ? '' : renderProblem(page.problem)}
${renderAccount(page)}
${renderScopes(page.scopes)}
${renderButton(page.authorizeUrl, page.problem !== undefined)}
<p class="small">This page comes from your own machine. You type your password at Twitch alone; the bot gets a key
that you can take back at any time under <em>twitch.tv/settings/connections</em>.</p>`;
}

function renderButton(authorizeUrl: string, again: boolean): string {
  const [id, label] = again ? ['retry', 'Try again'] : ['login', 'Log in with Twitch'];
  return `<p><a id="${id}" class="button" rel="noreferrer" href="${escapeHtml(authorizeUrl)}">${label}</a></p>`;
}

function renderDone({ account, login }: Extract<LoginPage, { kind: 'done' }>): string {
  const name = login === undefined ? '' : `<strong>${escapeHtml(login)}</strong>`;
  if (account.account === 'bot') return `Your bot speaks${name && ` as ${name}`} from now on.`;
  return `Your bot hears what happens on the channel${name && ` of ${name}`} from now on.`;
}

function renderAccount({ account, login }: Extract<LoginPage, { kind: 'login' }>): string {
  const isBot = account.account === 'bot';
  if (login === undefined) {
    return isBot
      ? '<p>Log in with the account that your <strong>bot</strong> shall speak as. That may be another one than yours.</p>'
      : '<p>Log in with the account of the <strong>channel</strong>, the broadcaster’s. That is hardly the bot’s.</p>';
  }
  const whose = isBot ? 'your bot’s account' : 'the broadcaster’s account';
  return `<p>Log in as <strong id="account">${escapeHtml(login)}</strong>, ${whose}. If Twitch greets you
as somebody else, choose <em>Not you?</em> there.</p>`;
}

function renderScopes(scopes: readonly RequestedScope[]): string {
  if (scopes.length === 0)
    return '<p>Your bot asks for no permissions beyond the account’s name.</p>';
  const rows = scopes.map(({ scope, plugins }) => {
    const names = plugins.map((plugin) => `<b>${escapeHtml(plugin)}</b>`).join(', ') || '–';
    return `<tr><td>${renderScope(scope)}</td><td>${names}</td></tr>`;
  });
  return `<table>
<thead><tr><th>Your bot may then</th><th>Wanted by</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>`;
}

function renderScope(scope: string): string {
  const meaning = describeScope(scope);
  const name = `<code>${escapeHtml(scope).replaceAll(':', ':<wbr>')}</code>`;
  return meaning === scope ? name : `${escapeHtml(meaning)} ${name}`;
}

function renderProblem({ message, hint }: PageProblem): string {
  const advice = hint === undefined ? '' : `<br>${escapeHtml(hint)}`;
  return `<p id="problem" class="problem" role="alert"><strong>${escapeHtml(message)}</strong>${advice}</p>`;
}

function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
