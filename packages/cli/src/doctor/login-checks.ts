import type { Finding } from '@pertybot/core';
import { formatLogin, readLoginReport } from '../login/login-report.js';
import { styleFor } from '../style.js';

/** How the bot's login stands, scope by scope. */
export async function checkLogin(folder: string): Promise<readonly Finding[]> {
  const report = await readLoginReport(folder);
  if (report === undefined) return [];
  const subject = 'login';
  // A doctor's findings carry no colours.
  const [first = '', ...others] = formatLogin(report, styleFor({}, {}));
  if (report.status !== 'valid') {
    const level = report.status === 'foreign' ? 'error' : 'warning';
    return [{ level, subject, message: capital(first) }];
  }
  const missing = report.scopes.filter(({ granted }) => !granted);
  if (missing.length === 0) return [{ level: 'ok', subject, message: `Logged in as ${first}.` }];
  return others
    .filter((line) => line.includes('is missing'))
    .map((message) => ({ level: 'error', subject, message: capital(message) }));
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
