import { type Account, toLogin } from '../people.js';
import { plainPage } from './consent-page.js';
import type { IdAnswer } from './id-answer.js';
import type { IdWorld } from './id-world.js';

type Known = Pick<IdWorld, 'accounts' | 'people'>;

/** Those who can be chosen on a consent page. */
export function accountsIn({ accounts, people }: Known): readonly Account[] {
  return accounts.flatMap((login) => people.find(login) ?? []);
}

/** The account that a person chose, or the page that says that there is none. */
export function chooseAccount({ accounts, people }: Known, login: string): Account | IdAnswer {
  const account = accounts.includes(toLogin(login)) ? people.find(login) : undefined;
  if (account !== undefined) return account;
  const text = `There is no account "${login}" in this simulated Twitch.`;
  return { status: 400, html: plainPage('Unknown account', text) };
}
