import type { Finding } from '@pertybot/core';
import { isLoopback, type OAuthConfig, staticTokenOf } from '../twitch/oauth-config.js';
import { portOf } from './callback-server.js';

/** The plugin's part of `pertybot doctor`: what can be said without asking Twitch. */
export function checkOAuth(
  config: OAuthConfig,
  env: Readonly<Record<string, string | undefined>>,
): readonly Finding[] {
  if (staticTokenOf(config, env) !== undefined) {
    return [
      {
        level: 'info',
        subject: 'login',
        message: 'An access token of your own is used; it is never refreshed.',
        hint: 'Remove TWITCH_ACCESS_TOKEN to let the bot log in and stay logged in.',
      },
    ];
  }
  return [checkSecret(config), checkRedirectUri(config)];
}

function checkSecret({ clientSecret, login }: OAuthConfig): Finding {
  const subject = 'client secret';
  if (clientSecret !== undefined)
    return { level: 'ok', subject, message: 'A client secret is set.' };
  if (login !== 'browser') {
    return {
      level: 'info',
      subject,
      message: 'No client secret is set: the bot logs in with a device code, as a public client.',
      hint: 'For a confidential client, put the secret into TWITCH_CLIENT_SECRET in .env.',
    };
  }
  return {
    level: 'error',
    subject,
    message: 'A login in the browser needs a client secret.',
    hint: 'Put it into TWITCH_CLIENT_SECRET in .env, or set login: device.',
  };
}

function checkRedirectUri(config: OAuthConfig): Finding {
  const subject = 'redirect URI';
  const url = new URL(config.redirectUri);
  if (url.protocol === 'http:' && url.hostname !== 'localhost') {
    return {
      level: 'error',
      subject,
      message: `Twitch accepts http for "localhost" alone, and it is "${url.hostname}".`,
      hint: 'Use http://localhost:3000/ here and at Twitch.',
    };
  }
  if (!isLoopback(url)) {
    return {
      level: 'warning',
      subject,
      message: `"${url.hostname}" must lead to this machine for the login to end here.`,
      hint: 'Use http://localhost:3000/ unless a proxy of yours does that.',
    };
  }
  if (portOf(url) < 1024) {
    return {
      level: 'warning',
      subject,
      message: `Port "${portOf(url)}" is open to root alone.`,
      hint: 'Use a port above 1023 here and at Twitch.',
    };
  }
  return { level: 'ok', subject, message: `The login page is at ${config.redirectUri}.` };
}
