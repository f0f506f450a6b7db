import type { TwitchSimulator } from '../../src/index.js';
import type { EventClient } from '../eventsub/event-client.js';

/** What Helix answered. */
export interface HelixResponse {
  readonly status: number;
  readonly headers: Headers;
  /** The body; empty where there was none. */
  readonly json: Readonly<Record<string, unknown>> & {
    readonly message?: string;
    readonly data?: readonly Readonly<Record<string, unknown>>[];
  };
}

/** Every scope of a broadcaster that the tests need. */
export const allScopes = [
  'bits:read',
  'channel:edit:commercial',
  'channel:manage:ads',
  'channel:manage:broadcast',
  'channel:manage:polls',
  'channel:manage:predictions',
  'channel:manage:raids',
  'channel:manage:redemptions',
  'channel:manage:vips',
  'channel:moderate',
  'channel:read:ads',
  'channel:read:charity',
  'channel:read:goals',
  'channel:read:hype_train',
  'channel:read:subscriptions',
  'moderation:read',
  'moderator:manage:announcements',
  'moderator:manage:shield_mode',
  'moderator:manage:shoutouts',
  'moderator:read:chatters',
  'moderator:read:followers',
  'user:manage:whispers',
  'user:read:chat',
  'user:write:chat',
];

/** A hand-written client of Helix with one person's token. */
export class HelixClient {
  constructor(
    private readonly twitch: TwitchSimulator,
    readonly token: string,
    private readonly clientId = 'demo',
  ) {}

  /** With a token of that login. */
  static as(
    twitch: TwitchSimulator,
    login: string,
    scopes: readonly string[] = allScopes,
    clientId = 'demo',
  ): HelixClient {
    const { accessToken } = twitch.id.issueToken({ login, scopes, clientId });
    return new HelixClient(twitch, accessToken, clientId);
  }

  async call(method: string, path: string, body?: unknown): Promise<HelixResponse> {
    const answer = await fetch(`${this.twitch.apiUrl}/${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${this.token}`,
        'Client-Id': this.clientId,
        'Content-Type': 'application/json',
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const json = text === '' ? {} : JSON.parse(text);
    return { status: answer.status, headers: answer.headers, json };
  }

  /** Subscribes a client's session to a type on the streamer's channel. */
  async subscribe(
    client: Pick<EventClient, 'sessionId'>,
    type: string,
    version = '1',
    more: Readonly<Record<string, string>> = {},
  ): Promise<HelixResponse> {
    return this.call('POST', 'eventsub/subscriptions', {
      type,
      version,
      condition: { broadcaster_user_id: '2002', ...moderatorOf(type), ...more },
      transport: { method: 'websocket', session_id: client.sessionId },
    });
  }
}

function moderatorOf(type: string): Readonly<Record<string, string>> {
  return /follow|shoutout|shield/.test(type) ? { moderator_user_id: '2002' } : {};
}
