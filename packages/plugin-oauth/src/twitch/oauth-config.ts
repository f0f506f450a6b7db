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

function described<Schema extends v.GenericSchema>(schema: Schema, text: string) {
  return v.pipe(schema, v.description(text));
}

/** Schema of the entry's `config:`. */
export const oauthConfigSchema = v.pipe(
  v.strictObject({
    clientId: described(
      v.pipe(v.optional(v.string(), ''), v.trim()),
      'Client id of your application at dev.twitch.tv/console, best as a variable from .env.',
    ),
    clientSecret: described(
      optionalText,
      'Its secret, as a variable from .env; a public application has none.',
    ),
    redirectUri: described(
      v.optional(
        url(
          'the redirect URI registered at Twitch',
          ({ protocol, hash }) => /^https?:$/.test(protocol) && hash === '',
          'expected http:// or https://, without a #fragment',
        ),
        'http://localhost:3000/',
      ),
      'The redirect URL of the application, to the letter as Twitch has it.',
    ),
    account: described(
      v.pipe(
        optionalText,
        v.transform((login) => login?.replace(/^@/, '').toLowerCase()),
      ),
      "Login of the bot's account; a login with any other is refused.",
    ),
    broadcasters: described(
      v.optional(v.array(channel), []),
      'Channels whose owners may log in as broadcasters; without it those that a plugin names.',
    ),
    idUrl: described(
      v.optional(
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
      "Twitch's login server; another one is for tests.",
    ),
    login: described(
      v.optional(v.picklist(['auto', 'browser', 'device']), 'auto'),
      'How you log in: browser, device for a code that you type elsewhere, or auto.',
    ),
    key: described(optionalText, 'File of the private key for an https redirect URL.'),
    cert: described(optionalText, 'File of the certificate for an https redirect URL.'),
    accessToken: described(
      v.pipe(
        optionalText,
        v.transform((token) => token?.replace(/^oauth:/i, '')),
      ),
      'A token that you manage yourself; it is never refreshed.',
    ),
    timeout: described(
      v.optional(duration(), '10s'),
      'How long a request to the login server may take.',
    ),
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
