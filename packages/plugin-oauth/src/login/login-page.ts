import { createHash } from 'node:crypto';
import type { RequestedScope } from '@pertybot/core';
import { loginPageStyle } from './login-page-style.js';
import { describeScope } from './scope-meaning.js';

/** What the login page shows. */
export type LoginPage =
  | {
      readonly kind: 'login';
      readonly authorizeUrl: string;
      /** Login of the account to log in with, where the owner named one. */
      readonly account: string | undefined;
      readonly scopes: readonly RequestedScope[];
      /** What went wrong in the last attempt. */
      readonly problem?: PageProblem | undefined;
    }
  | { readonly kind: 'done'; readonly login: string | undefined }
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
    const who = page.login === undefined ? '' : ` as <strong>${escapeHtml(page.login)}</strong>`;
    return `<p id="done">Your bot speaks${who} from now on. You can close this page.</p>`;
  }
  return `${page.problem === undefined ? '' : renderProblem(page.problem)}
${renderAccount(page.account)}
${renderScopes(page.scopes)}
${renderButton(page.authorizeUrl, page.problem !== undefined)}
<p class="small">This page comes from your own machine. You type your password at Twitch alone; the bot gets a key
that you can take back at any time under <em>twitch.tv/settings/connections</em>.</p>`;
}

function renderButton(authorizeUrl: string, again: boolean): string {
  const [id, label] = again ? ['retry', 'Try again'] : ['login', 'Log in with Twitch'];
  return `<p><a id="${id}" class="button" rel="noreferrer" href="${escapeHtml(authorizeUrl)}">${label}</a></p>`;
}

function renderAccount(account: string | undefined): string {
  if (account === undefined) {
    return '<p>Log in with the account that your <strong>bot</strong> shall speak as. That may be another one than yours.</p>';
  }
  return `<p>Log in as <strong id="account">${escapeHtml(account)}</strong>, your bot’s account. If Twitch greets you
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
