import { duration, type InjectionToken, v } from '@pertybot/core';

const thisMachine = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Whether `url` is encrypted, or leads no further than this machine. */
export function isSafe(url: URL): boolean {
  return /^(?:https|wss):$/.test(url.protocol) || thisMachine.test(url.hostname);
}

function server(protocols: RegExp, expected: string) {
  return v.pipe(
    v.string(expected),
    v.trim(),
    v.check((text) => URL.canParse(text) && protocols.test(new URL(text).protocol), expected),
    v.check(
      (text) => !URL.canParse(text) || isSafe(new URL(text)),
      'expected an encrypted connection: else everybody on the way to another machine can read the token',
    ),
    v.transform((text) => text.replace(/\/+$/, '')),
  );
}

/** Schema of the entry's `config:`; docs/events.md explains each key. */
export const eventSubConfigSchema = v.strictObject({
  channels: v.optional(
    v.pipe(
      v.array(
        v.pipe(
          v.string(),
          v.transform((text) => text.trim().replace(/^[#@]/, '').toLowerCase()),
          v.regex(/^[a-z0-9_]{1,25}$/, 'expected the login of a channel'),
        ),
        'expected a list of channel names',
      ),
      v.transform((names) => [...new Set(names)]),
      v.description('Channels whose events are wanted, if not all that the bot sits in.'),
    ),
  ),
  apiUrl: v.optional(
    v.pipe(
      server(/^https?:$/, 'expected a URL such as "https://api.twitch.tv/helix"'),
      v.description('Base of Twitch’s API.'),
    ),
    'https://api.twitch.tv/helix',
  ),
  eventsubUrl: v.optional(
    v.pipe(
      server(/^wss?:$/, 'expected a URL such as "wss://eventsub.wss.twitch.tv/ws"'),
      v.description('Where EventSub’s WebSocket is.'),
    ),
    'wss://eventsub.wss.twitch.tv/ws',
  ),
  timeout: v.optional(
    v.pipe(duration(), v.description('How long a request to Twitch’s API may take.')),
    '10s',
  ),
});

/** Settings of the EventSub plugin, checked and with defaults; `timeout` in milliseconds. */
export type EventSubConfig = v.InferOutput<typeof eventSubConfigSchema>;

/** Injection token of the {@link EventSubConfig}. */
export const EventSubConfig: InjectionToken<EventSubConfig> = Symbol.for(
  'pertybot.eventsub.EventSubConfig',
);
