import type { Finding } from '@pertybot/core';
import { formatLogin, readLoginReport } from '../login/login-report.js';
import { styleFor } from '../terminal/style.js';

/** How the bot's login stands, scope by scope. */
export async function checkLogin(folder: string): Promise<readonly Finding[]> {
  const report = await readLoginReport(folder);
  if (report === undefined) return [];
  const subject = 'login';
  // A doctor's findings carry no colours.
  const [first = '', ...others] = formatLogin(report, styleFor({}, {}));
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
