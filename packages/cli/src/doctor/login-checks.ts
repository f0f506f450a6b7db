import type { Finding } from '@pertybot/core';
import { type AccountReport, formatLogin, readLoginReports } from '../login/login-report.js';
import { styleFor } from '../terminal/style.js';

/** How each login stands, scope by scope: the bot's, and those of broadcasters. */
export async function checkLogins(folder: string): Promise<readonly Finding[]> {
  const reports = await readLoginReports(folder);
  return reports.flatMap(checkLogin);
}

function checkLogin(each: AccountReport): readonly Finding[] {
  const { account, report } = each;
  const subject = account.account === 'bot' ? 'login' : subjectOf(account.channel);
  // A doctor's findings carry no colours.
  const [first = '', ...others] = formatLogin(each, styleFor({}, {}));
  if (report.status !== 'valid') {
    const level = report.status === 'foreign' ? 'error' : 'warning';
    const { words, hint } = splitHint(first);
    return [{ level, subject, message: capital(words), ...(hint && { hint }) }];
  }
  const missing = report.scopes.filter(({ granted }) => !granted);
  if (missing.length === 0) return [{ level: 'ok', subject, message: `Logged in as ${first}.` }];
  return others
    .filter((line) => line.includes('is missing'))
    .map((line) => {
      const { words, hint } = splitHint(line);
      return { level: 'error', subject, message: capital(words), ...(hint && { hint }) };
    });
}

function subjectOf(channel: string | undefined): string {
  return channel === undefined ? 'broadcaster' : `broadcaster ${channel}`;
}

/** `nobody is logged in; run pertybot login` says in its second part what to do. */
function splitHint(line: string): { readonly words: string; readonly hint: string | undefined } {
  const [words = '', command] = line.split('; run ');
  return { words, hint: command && `Run: ${command}` };
}

function capital(text: string): string {
  // A file keeps its name.
  const first = text.startsWith('plugins.yaml') ? 'p' : text.charAt(0).toUpperCase();
  return `${first}${text.slice(1).replace(/\.$/, '')}.`;
}
