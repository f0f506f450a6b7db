import os from 'node:os';
import type { Prompt } from '@pertybot/core';
import { describeAccount, expectedLogin } from '../token/account.js';
import type { OAuthConfig } from '../twitch/oauth-config.js';
import { portOf } from './callback-server.js';
import type { LoginAttempt } from './login-attempt.js';

/** Tells an owner without a browser here how to reach the login page, and takes the way round it. */
export async function guideOwner(
  prompt: Prompt,
  attempt: LoginAttempt,
  config: OAuthConfig,
  signal: AbortSignal,
): Promise<void> {
  const who = describeAccount(attempt.account, expectedLogin(attempt.account, config));
  prompt.show(
    [
      `Log in to Twitch as ${who}. There are two ways:`,
      '',
      `1. Open ${config.redirectUri} in a browser on this machine. From another computer, run there first:`,
      '',
      `     ${sshTunnelCommand(portOf(new URL(config.redirectUri)), process.env)}`,
      '',
      '2. Or open this link on any computer. At the end your browser shows a page that does not load:',
      '   copy its address, and paste it here.',
      '',
      `     ${attempt.authorizeUrl()}`,
    ].join('\n'),
  );
  while (!signal.aborted) {
    // On a line of its own: a line of the log that comes meanwhile stands below it, and not behind it.
    const line = await prompt.ask('Address that the browser ended at:\n', signal);
    if (line === undefined || signal.aborted) return;
    const problem = await takePasted(line, attempt, config);
    if (problem !== undefined) prompt.show(problem);
  }
}

/** The command that brings a port of this machine to another computer. */
export function sshTunnelCommand(
  port: number,
  env: Readonly<Record<string, string | undefined>>,
): string {
  // "client-address client-port server-address server-port": the address by which this machine was reached
  const address = env.SSH_CONNECTION?.split(' ')[2] ?? os.hostname();
  return `ssh -L ${port}:localhost:${port} ${os.userInfo().username}@${address}`;
}

async function takePasted(
  line: string,
  attempt: LoginAttempt,
  config: OAuthConfig,
): Promise<string | undefined> {
  const text = line.trim();
  if (text === '') return undefined;
  const redirectUri = new URL(config.redirectUri);
  const url = URL.canParse(text) ? new URL(text) : new URL(redirectUri.origin);
  const isCallback =
    url.host === redirectUri.host &&
    (url.searchParams.has('code') || url.searchParams.has('error'));
  // What was pasted is not repeated: it may hold a code.
  if (!isCallback) return `That address does not begin with ${config.redirectUri}?code=`;
  const problem = (await attempt.take(url.searchParams)) ?? attempt.lastProblem;
  if (problem === undefined) return undefined;
  return `${[problem.message, problem.hint].filter(Boolean).join(' ')}\nA new link:\n\n     ${attempt.authorizeUrl()}`;
}
