import { type InjectionToken, v } from '@pertybot/core';

const login = /^[a-z0-9_]{1,25}$/;
const hostName = /^[a-z0-9._-]+$/i;
const thisMachine = /^(?:localhost|127(?:\.\d{1,3}){3})$/i;

function loginName(what: string) {
  const expected = `expected ${what} of letters, digits and underscores`;
  return v.pipe(
    v.string(expected),
    v.transform((text) => text.trim().replace(/^[#@]/, '').toLowerCase()),
    v.regex(login, expected),
  );
}

function flag(description: string) {
  return v.pipe(v.boolean(), v.description(description));
}

/** Schema of the `config:` of the IRC plugin in plugins.yaml; docs/chat.md explains each key. */
export const ircConfigSchema = v.pipe(
  v.strictObject({
    channels: v.pipe(
      v.array(loginName('a channel name'), 'expected a list of channel names'),
      v.minLength(1, 'expected at least one channel name'),
      v.transform((names) => [...new Set(names)]),
      v.description('Channels that the bot sits in.'),
    ),
    server: v.optional(
      v.pipe(
        v.string(),
        v.regex(hostName, 'expected the name of a host alone, such as "irc-ws.chat.twitch.tv"'),
        v.description('Host of the chat server.'),
      ),
      'irc-ws.chat.twitch.tv',
    ),
    port: v.optional(
      v.pipe(
        v.number(),
        v.integer(),
        v.minValue(1),
        v.maxValue(65_535),
        v.description('Port of the chat server: 443 where the connection is encrypted.'),
      ),
      443,
    ),
    secure: v.optional(flag('Whether the connection is encrypted; Twitch takes no other.'), true),
    ignore: v.optional(
      v.pipe(
        v.array(loginName('a login')),
        v.description('Logins whose lines run nothing, such as other bots.'),
      ),
      [],
    ),
    sharedChat: v.optional(
      flag('Whether lines from other channels of a shared chat run commands, as role everyone.'),
      false,
    ),
    limits: v.optional(
      v.pipe(
        v.picklist(['normal', 'verified']),
        v.description('"verified" only for an account that Twitch has verified as a bot.'),
      ),
      'normal',
    ),
    fastPath: v.optional(
      v.pipe(
        v.never('no longer exists and can be deleted'),
        v.description('No longer exists: lines of chat have one way. Delete it.'),
      ),
    ),
  }),
  v.forward(
    v.check(
      ({ secure, port }) => secure === (port === 443),
      'expected port 443 with "secure: true", and another port with "secure: false"',
    ),
    ['port'],
  ),
  v.forward(
    v.check(
      ({ secure, server }) => secure || thisMachine.test(server),
      'expected "secure: true": else everybody on the way to another machine can read the token',
    ),
    ['secure'],
  ),
);

/** Settings of the IRC plugin, checked and with defaults. */
export type IrcConfig = v.InferOutput<typeof ircConfigSchema>;

/** Injection token of the {@link IrcConfig}. */
export const IrcConfig: InjectionToken<IrcConfig> = Symbol.for('pertybot.irc.IrcConfig');
