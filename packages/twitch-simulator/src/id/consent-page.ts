import type { Account } from '../people.js';
import { escapeHtml, page } from './html.js';
import { scopeMeaning } from './scopes.js';

/** What a consent page shows and sends. */
export interface ConsentPageOptions {
  readonly clientName: string;
  readonly scopes: readonly string[];
  readonly accounts: readonly Account[];
  /** Path that the answer is posted to. */
  readonly action: string;
  /** Fields that travel with the answer. */
  readonly hidden: readonly (readonly [string, string])[];
}

/** The page on which a person picks an account and approves or denies. */
export function consentPage(options: ConsentPageOptions): string {
  const name = escapeHtml(options.clientName);
  return page(
    `Authorize ${options.clientName}`,
    `<h1>${name} wants to access your account</h1>
${scopeList(options.scopes)}
<form id="consent" method="post" action="${escapeHtml(options.action)}">
${options.hidden.map(([field, value]) => hiddenField(field, value)).join('\n')}
<fieldset>
<legend>Log in as</legend>
${options.accounts.map((account, index) => accountChoice(account, index === 0)).join('\n')}
</fieldset>
<div class="buttons">
<button type="submit" name="decision" value="deny">Deny</button>
<button type="submit" name="decision" value="approve" class="main">Approve</button>
</div>
</form>`,
  );
}

/** A page that only says something. */
export function plainPage(title: string, text: string): string {
  return page(title, `<h1>${escapeHtml(title)}</h1>\n<p>${escapeHtml(text)}</p>`);
}

function scopeList(scopes: readonly string[]): string {
  if (scopes.length === 0) return '<p>It asks for nothing but your name.</p>';
  const items = scopes.map((scope) => {
    const meaning = scopeMeaning(scope);
    const text = meaning === scope ? '' : `${escapeHtml(meaning)} `;
    return `<li>${text}<code>${escapeHtml(scope)}</code></li>`;
  });
  return `<p>It will be able to:</p>\n<ul>\n${items.join('\n')}\n</ul>`;
}

function hiddenField(name: string, value: string): string {
  return `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`;
}

function accountChoice(account: Account, checked: boolean): string {
  const login = escapeHtml(account.login);
  const mark = checked ? ' checked' : '';
  const text = `${escapeHtml(account.displayName)} <code>${login}</code>`;
  return `<label><input type="radio" name="login" value="${login}"${mark}> ${text}</label>`;
}
