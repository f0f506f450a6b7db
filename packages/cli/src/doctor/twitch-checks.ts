import { connect } from 'node:tls';
import { errorCodeOf, type Finding, messageOf } from '@pertybot/core';
import {
  type AccountReport,
  formatLogin,
  type LoginReport,
  readLoginReports,
} from '../login/login-report.js';
import { styleFor } from '../terminal/style.js';

/** Twitch's server for logins; the chat plugin looks after its own. */
const host = 'id.twitch.tv';

/** How long a server may take to answer, milliseconds. */
const patience = 5_000;

/** Whether Twitch can be reached, and shows a valid certificate. */
export function checkNetwork(): Promise<readonly Finding[]> {
  return new Promise((resolve) => {
    const socket = connect({ host, port: 443, servername: host });
    const end = (finding: Omit<Finding, 'subject'>) => {
      socket.destroy();
      resolve([{ subject: 'network', ...finding }]);
    };
    socket.setTimeout(patience, () => end(unreachable('it does not answer')));
    socket.once('secureConnect', () => end({ level: 'ok', message: `${host} answers.` }));
    socket.once('error', (error) => {
      const isCertificate = /CERT|SELF_SIGNED|ISSUER/.test(errorCodeOf(error) ?? '');
      end(isCertificate ? distrusted(error) : unreachable(messageOf(error)));
    });
  });
}

function unreachable(why: string): Omit<Finding, 'subject'> {
  const hint = process.env.HTTPS_PROXY
    ? 'Logins go through HTTPS_PROXY; chat needs a direct connection.'
    : 'Check the network, the name server and the firewall.';
  return { level: 'warning', message: `${host} cannot be reached: ${why}.`, hint };
}

function distrusted(error: Error): Omit<Finding, 'subject'> {
  return {
    level: 'error',
    message: `The certificate of ${host} is not trusted: ${messageOf(error)}.`,
    hint: 'Check the clock, and whether something between here and Twitch reads along.',
  };
}

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
    const { words, hint = hintOf(report) } = splitHint(first);
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

function hintOf(report: LoginReport): string | undefined {
  return report.status === 'unknown' ? report.hint : undefined;
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
