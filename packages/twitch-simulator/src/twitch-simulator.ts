import { createApiSide } from './api-side.js';
import { BoundedLog } from './bounded-log.js';
import type { TwitchChannels } from './channels/twitch-channels.js';
import { ChatFaults } from './chat/chat-faults.js';
import { toLimits } from './chat/chat-options.js';
import { ChatServer } from './chat/chat-server.js';
import type { ChatSession } from './chat/chat-session.js';
import type { ChatWorld } from './chat/chat-world.js';
import { RateLimiter } from './chat/rate-limiter.js';
import { RecentMessages } from './chat/recent-messages.js';
import { Rooms } from './chat/rooms.js';
import { TwitchChat } from './chat/twitch-chat.js';
import { EventHub } from './event-hub.js';
import type { TwitchEventSub } from './eventsub/twitch-eventsub.js';
import type { TwitchHelix } from './helix/twitch-helix.js';
import { close, listen, toUrlHost } from './http-listener.js';
import { AuthorizationCodes } from './id/authorization-codes.js';
import { type ClientOptions, Clients } from './id/clients.js';
import { DeviceCodes } from './id/device-codes.js';
import { Grants } from './id/grants.js';
import { IdServer } from './id/id-server.js';
import type { IdWorld } from './id/id-world.js';
import { TwitchId } from './id/twitch-id.js';
import { People } from './people.js';
import type { TwitchSimulatorOptions } from './simulator-options.js';

/** A simulated Twitch that is running. */
export interface TwitchSimulator {
  /** What stands for `https://id.twitch.tv/oauth2`. */
  readonly idUrl: string;
  /** What stands for `irc-ws.chat.twitch.tv`; `url` is the same as a WebSocket URL. */
  readonly chatUrl: { readonly host: string; readonly port: number; readonly url: string };
  /** What stands for `https://api.twitch.tv/helix`. */
  readonly apiUrl: string;
  /** What stands for `wss://eventsub.wss.twitch.tv/ws`. */
  readonly eventSubUrl: string;
  /** The OAuth side. */
  readonly id: TwitchId;
  /** The chat side. */
  readonly chat: TwitchChat;
  /** The API side. */
  readonly helix: TwitchHelix;
  /** The EventSub side. */
  readonly eventSub: TwitchEventSub;
  /** What happens on channels beside chat. */
  readonly channels: TwitchChannels;
  /** Ends it: every connection is cut and every port is free again. */
  stop(): Promise<void>;
}

const demoClient: ClientOptions = {
  id: 'demo',
  secret: 's3cret',
  redirectUris: ['http://localhost:3000/'],
  name: 'PertyBot demo',
};

/**
 * Starts a simulated Twitch.
 * @throws SimulatorError `SIMULATOR_LISTEN_FAILED` when a port is taken
 * @example
 * const twitch = await startTwitchSimulator({ approveAs: 'pertybot' });
 */
export async function startTwitchSimulator(
  options: TwitchSimulatorOptions = {},
): Promise<TwitchSimulator> {
  const host = options.host ?? '127.0.0.1';
  const people = new People();
  const idWorld = createIdWorld(options, people);
  const chatWorld = createChatWorld(options, people, idWorld.grants);
  const idServer = new IdServer(idWorld);
  const chatServer = new ChatServer(chatWorld, {
    pingInterval: options.chat?.pingInterval ?? 300_000,
    pongTimeout: options.chat?.pongTimeout ?? 10_000,
  });
  const id = new TwitchId(idWorld, idServer);
  for (const account of options.accounts ?? [{ login: 'pertybot', displayName: 'PertyBot' }]) {
    id.addAccount(account);
  }
  id.approveAs(options.approveAs);

  const chat = new TwitchChat(chatWorld);
  const api = createApiSide(options, { idWorld, idServer, chatWorld, chat });
  const stop = async (): Promise<void> => {
    chatServer.end();
    api.end();
    await Promise.all([close(idServer.http), close(chatServer.http), close(api.http)]);
  };
  try {
    const idPort = await listen(idServer.http, host, options.idPort ?? 0);
    const chatPort = await listen(chatServer.http, host, options.chatPort ?? 0);
    const apiPort = await listen(api.http, host, options.apiPort ?? 0);
    const urlHost = toUrlHost(host);
    idWorld.origin = `http://${urlHost}:${idPort}`;
    const { helix, eventSub, channels } = api;
    return {
      idUrl: `${idWorld.origin}/oauth2`,
      chatUrl: { host, port: chatPort, url: `ws://${urlHost}:${chatPort}/` },
      apiUrl: `http://${urlHost}:${apiPort}/helix`,
      eventSubUrl: api.reachedAt(`${urlHost}:${apiPort}`),
      id,
      chat,
      helix,
      eventSub,
      channels,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function createIdWorld(options: TwitchSimulatorOptions, people: People): IdWorld {
  const now = options.now ?? Date.now;
  const clients = new Clients();
  for (const client of options.clients ?? [demoClient]) clients.add(client);
  return {
    people,
    accounts: [],
    clients,
    grants: new Grants(now),
    codes: new AuthorizationCodes(now),
    devices: new DeviceCodes(now, options.deviceLifetime ?? 1800),
    now,
    tokenLifetime: options.tokenLifetime ?? 14_400,
    deviceInterval: options.deviceInterval ?? 5,
    approveAs: undefined,
    origin: '',
  };
}

function createChatWorld(
  options: TwitchSimulatorOptions,
  people: People,
  grants: Grants,
): ChatWorld {
  const now = options.now ?? Date.now;
  const sessions = new Set<ChatSession>();
  return {
    people,
    rooms: new Rooms(people),
    hub: new EventHub(),
    faults: new ChatFaults(sessions),
    limiter: new RateLimiter(now),
    sessions,
    recent: new RecentMessages(),
    received: new BoundedLog(),
    tokenOwner: (token) => grants.live(token)?.grant,
    now,
    limits: toLimits(options.chat?.limits),
  };
}
