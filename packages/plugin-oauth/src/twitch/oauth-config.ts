import { duration, type InjectionToken, v } from '@pertybot/core';

/** Base URL of Twitch's own OAuth server. */
export const twitchIdUrl = 'https://id.twitch.tv/oauth2';

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Whether `url` leads to this machine. */
export function isLoopback(url: URL): boolean {
  return loopback.test(url.hostname);
}

const optionalText = v.pipe(
  v.optional(v.string()),
  v.transform((text) => text?.trim() || undefined),
);

function url(what: string, check: (url: URL) => boolean, message: string) {
  return v.pipe(
    v.string(),
    v.trim(),
    v.check((text) => URL.canParse(text), `expected ${what} such as an http or https URL`),
    v.check((text) => !URL.canParse(text) || check(new URL(text)), message),
  );
}

const channel = v.pipe(
  v.string(),
  v.trim(),
  v.transform((login) => login.replace(/^[#@]/, '').toLowerCase()),
  v.regex(/^[a-z0-9_]{1,25}$/, 'expected the login of a channel'),
);

/** Schema of the entry's `config:`. */
export const oauthConfigSchema = v.pipe(
  v.strictObject({
    clientId: v.pipe(v.optional(v.string(), ''), v.trim()),
    clientSecret: optionalText,
    redirectUri: v.optional(
      url(
        'the redirect URI registered at Twitch',
        ({ protocol, hash }) => /^https?:$/.test(protocol) && hash === '',
        'expected http:// or https://, without a #fragment',
      ),
      'http://localhost:3000/',
    ),
    account: v.pipe(
      optionalText,
      v.transform((login) => login?.replace(/^@/, '').toLowerCase()),
    ),
    broadcasters: v.optional(v.array(channel), []),
    idUrl: v.optional(
      v.pipe(
        url(
          'the OAuth server',
          (server) =>
            server.protocol === 'https:' || (server.protocol === 'http:' && isLoopback(server)),
          'expected https://, since the client secret is sent there',
        ),
        v.transform((text) => text.replace(/\/+$/, '')),
      ),
      twitchIdUrl,
    ),
    login: v.optional(v.picklist(['auto', 'browser', 'device']), 'auto'),
    key: optionalText,
    cert: optionalText,
    accessToken: v.pipe(
      optionalText,
      v.transform((token) => token?.replace(/^oauth:/i, '')),
    ),
    timeout: v.optional(duration(), '10s'),
  }),
  v.forward(
    v.check(
      ({ clientId, accessToken }) => clientId !== '' || accessToken !== undefined,
      'expected the client id of your application at dev.twitch.tv/console',
    ),
    ['clientId'],
  ),
  v.forward(
    v.check(
      ({ key, cert }) => (key === undefined) === (cert === undefined),
      'expected both key and cert, or neither',
    ),
    ['key'],
  ),
);

/** How the owner wants to log in. */
export type LoginMethod = 'auto' | 'browser' | 'device';

/** Settings of the OAuth plugin, as its schema gives them. */
export interface OAuthConfig {
  /** Client id of the owner's application; empty only with {@link OAuthConfig.accessToken}. */
  readonly clientId: string;
  /** Client secret; public clients have none. */
  readonly clientSecret?: string | undefined;
  /** Exactly as registered at Twitch. @default 'http://localhost:3000/' */
  readonly redirectUri: string;
  /** Login of the bot's account, lower case. @default whichever account logs in */
  readonly account?: string | undefined;
  /** Logins of the channels whose owners may log in as broadcasters. @default [] any channel that a plugin names */
  readonly broadcasters: readonly string[];
  /** Base URL of the OAuth server, without a slash at its end. @default 'https://id.twitch.tv/oauth2' */
  readonly idUrl: string;
  /** @default 'auto' */
  readonly login: LoginMethod;
  /** Path of the private key (PEM) for an https redirect URI. */
  readonly key?: string | undefined;
  /** Path of the certificate (PEM) for an https redirect URI. */
  readonly cert?: string | undefined;
  /** A token that the owner manages: it is validated and never refreshed. */
  readonly accessToken?: string | undefined;
  /** Milliseconds that a request to the OAuth server may take. @default 10000 */
  readonly timeout: number;
}

/** Injection token of {@link OAuthConfig}. */
export const OAuthConfig: InjectionToken<OAuthConfig> = Symbol.for('pertybot.OAuthConfig');

/** The token that the owner manages, where there is one. */
export function staticTokenOf(
  config: OAuthConfig,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  if (config.accessToken !== undefined) return config.accessToken;
  // A token of the true Twitch must not be sent to a simulated one.
  if (config.idUrl !== twitchIdUrl) return undefined;
  return env.TWITCH_ACCESS_TOKEN?.trim().replace(/^oauth:/i, '') || undefined;
}
