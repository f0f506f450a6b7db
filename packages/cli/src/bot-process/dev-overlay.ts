import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import type { BotFileOverlay } from '@pertybot/core/host';

/** The simulated Twitch, as the overlay points to it. */
export interface SimulatedEndpoints {
  readonly idUrl: string;
  readonly chatUrl: { readonly host: string; readonly port: number };
  readonly apiUrl: string;
  readonly eventSubUrl: string;
}

/** The application and the account with which the bot logs in to the simulated Twitch. */
export interface DevIdentity {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
  /** Login of the bot's account. */
  readonly account: string;
}

/** Makes an identity whose login page is served at a port that is free now. */
export async function createDevIdentity(): Promise<DevIdentity> {
  return {
    clientId: 'pertybot-dev',
    clientSecret: randomUUID(),
    redirectUri: `http://localhost:${await findFreePort()}/`,
    account: 'pertybot',
  };
}

/**
 * What `pertybot dev` lays over plugins.yaml: only where Twitch is, who the bot is there, and that the
 * board is a simulated one.
 */
export function createDevOverlay(
  { idUrl, chatUrl, apiUrl, eventSubUrl }: SimulatedEndpoints,
  identity: DevIdentity,
): BotFileOverlay {
  return {
    '@pertybot/plugin-oauth': {
      idUrl,
      ...identity,
      login: 'browser',
      // What belongs to the true account is taken away.
      accessToken: undefined,
      key: undefined,
      cert: undefined,
    },
    '@pertybot/plugin-irc': { server: chatUrl.host, port: chatUrl.port, secure: false },
    '@pertybot/plugin-eventsub': { apiUrl, eventsubUrl: eventSubUrl },
    '@pertybot/plugin-gpio': { driver: 'simulated' },
  };
}

/**
 * Stands for a Twitch that is not reached and a board in memory, so that a bot whose .env is still empty
 * can be looked at.
 */
export const withoutTwitch: BotFileOverlay = createDevOverlay(
  {
    idUrl: 'http://localhost/',
    chatUrl: { host: 'localhost', port: 1 },
    apiUrl: 'http://localhost:1/',
    eventSubUrl: 'ws://localhost:1/',
  },
  {
    clientId: 'nobody',
    clientSecret: 'nothing',
    redirectUri: 'http://localhost:3000/',
    account: 'nobody',
  },
);

/** The overlay for people, a value a line; the secret, though it is none of worth, stays hidden. */
export function describeOverlay(overlay: BotFileOverlay): readonly string[] {
  return Object.entries(overlay).flatMap(([use, values]) =>
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => {
        const shown = key === 'clientSecret' ? '[hidden]' : String(value);
        return `${use.replace('@pertybot/plugin-', '')}: ${key} = ${shown}`;
      }),
  );
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
