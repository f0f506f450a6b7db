import { type InjectionToken, v } from '@pertybot/core';

const login = /^[a-z0-9_]{1,25}$/;

function loginName(what: string) {
  const expected = `expected ${what} of letters, digits and underscores`;
  return v.pipe(
    v.string(expected),
    v.transform((text) => text.trim().replace(/^[#@]/, '').toLowerCase()),
    v.regex(login, expected),
  );
}

/** Schema of the `config:` of the IRC plugin in plugins.yaml. */
export const ircConfigSchema = v.pipe(
  v.strictObject({
    /** Channels that the bot sits in. */
    channels: v.pipe(
      v.array(loginName('a channel name'), 'expected a list of channel names'),
      v.minLength(1, 'expected at least one channel name'),
      v.transform((names) => [...new Set(names)]),
    ),
    /** Host of the chat server. */
    server: v.optional(v.pipe(v.string(), v.nonEmpty()), 'irc-ws.chat.twitch.tv'),
    port: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535)), 443),
    /** Whether the connection is encrypted; Twitch takes no other. */
    secure: v.optional(v.boolean(), true),
    /** Logins whose lines run nothing, such as other bots. */
    ignore: v.optional(v.array(loginName('a login')), []),
    /** Whether lines from other channels of a shared chat may run commands, as role everyone. */
    sharedChat: v.optional(v.boolean(), false),
    /** Twitch's rate limits: `verified` only for an account that Twitch has verified as a bot. */
    limits: v.optional(v.picklist(['normal', 'verified']), 'normal'),
    /** Whether chat lines pass by tmi.js's parser, which takes eight times as long. */
    fastPath: v.optional(v.boolean(), true),
  }),
  v.check(
    ({ secure, port }) => secure === (port === 443),
    'expected port 443 with "secure: true", and another port with "secure: false"',
  ),
);

/** Settings of the IRC plugin, checked and with defaults. */
export type IrcConfig = v.InferOutput<typeof ircConfigSchema>;

/** Injection token of the {@link IrcConfig}. */
export const IrcConfig: InjectionToken<IrcConfig> = Symbol.for('pertybot.irc.IrcConfig');
