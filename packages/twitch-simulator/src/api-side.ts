import type { Server } from 'node:http';
import { Channels } from './channels/channel.js';
import type { ChannelWorld } from './channels/channel-world.js';
import { ChatBridge } from './channels/chat-bridge.js';
import { Points } from './channels/points.js';
import { Running } from './channels/running.js';
import { Timers } from './channels/timers.js';
import { TwitchChannels } from './channels/twitch-channels.js';
import type { ChatWorld } from './chat/chat-world.js';
import type { TwitchChat } from './chat/twitch-chat.js';
import { FaultControl } from './control/fault-control.js';
import { EventHub } from './event-hub.js';
import { toTimes } from './eventsub/eventsub-options.js';
import { EventSubScripts } from './eventsub/eventsub-scripts.js';
import { EventSubServer } from './eventsub/eventsub-server.js';
import type { EventSubWorld } from './eventsub/eventsub-world.js';
import { Handovers } from './eventsub/handovers.js';
import { subscriptionRoutes } from './eventsub/subscription-routes.js';
import { Subscriptions } from './eventsub/subscriptions.js';
import { TwitchEventSub } from './eventsub/twitch-eventsub.js';
import { chatRoutes } from './helix/chat-routes.js';
import { HelixFaults } from './helix/helix-faults.js';
import { HelixServer } from './helix/helix-server.js';
import { peopleRoutes } from './helix/people-routes.js';
import { redemptionRoutes } from './helix/redemption-routes.js';
import { rewardRoutes } from './helix/reward-routes.js';
import { showRoutes } from './helix/show-routes.js';
import { TwitchHelix } from './helix/twitch-helix.js';
import type { IdServer } from './id/id-server.js';
import type { IdWorld } from './id/id-world.js';
import type { TwitchSimulatorOptions } from './simulator-options.js';

/** What the API side shares with the others. */
export interface OtherSides {
  readonly idWorld: IdWorld;
  readonly idServer: IdServer;
  readonly chatWorld: ChatWorld;
  readonly chat: TwitchChat;
}

/** Helix and EventSub, which share a port, and what happens on channels. */
export interface ApiSide {
  readonly http: Server;
  readonly helix: TwitchHelix;
  readonly eventSub: TwitchEventSub;
  readonly channels: TwitchChannels;
  /** Tells it where it listens, `host:port`. @returns the address of EventSub */
  reachedAt(place: string): string;
  /** Cuts every connection and takes no more. */
  end(): void;
}

/** Puts the API side together; it does not listen yet. */
export function createApiSide(options: TwitchSimulatorOptions, sides: OtherSides): ApiSide {
  const { idWorld, idServer, chatWorld, chat } = sides;
  const { people, now, grants } = idWorld;
  const times = toTimes(options.eventSub);
  const scripts = new EventSubScripts();
  const world: EventSubWorld = {
    people,
    rooms: chatWorld.rooms,
    grants,
    hub: new EventHub(),
    subscriptions: new Subscriptions(now, times.rememberDeadFor),
    sessions: new Map(),
    scripts,
    times,
    now,
    clock: () => now() + scripts.clockSkew,
    url: '',
  };
  const handovers = new Handovers(world);
  const server = new EventSubServer(world, handovers);
  const eventSub = new TwitchEventSub(world, handovers);
  const timers = new Timers();
  const channelWorld: ChannelWorld = {
    people,
    channels: new Channels(people),
    rooms: chatWorld.rooms,
    chat,
    chatHub: chatWorld.hub,
    timers,
    times,
    now,
    notify: (notification) => void eventSub.notify(notification),
    dismissed: (channel, moderator) => eventSub.dismiss(channel.id, moderator.id),
  };
  const running = new Running(channelWorld);
  new ChatBridge(channelWorld, (cheer) => running.cheered(cheer)).open();
  const points = new Points(channelWorld);
  const faults = new HelixFaults();
  const control = new FaultControl({
    id: idServer.faults,
    helix: faults,
    eventSub: eventSub.faults,
    chat: chatWorld.faults,
  });
  const helixServer = new HelixServer({
    faults,
    registry: idWorld,
    routes: {
      ...subscriptionRoutes(world),
      ...rewardRoutes(channelWorld, points),
      ...redemptionRoutes(channelWorld, points),
      ...peopleRoutes(channelWorld),
      ...chatRoutes(channelWorld),
      ...showRoutes(channelWorld, running),
    },
    now,
    callsPerMinute: options.callsPerMinute ?? 800,
    eventSub: server,
    id: (incoming, outgoing, path) => idServer.take(incoming, outgoing, path),
    control: (method, path, body) => control.answer(method, path, body),
  });
  return {
    http: helixServer.http,
    helix: new TwitchHelix(helixServer),
    eventSub,
    channels: new TwitchChannels(channelWorld, points, running),
    reachedAt: (place) => {
      world.url = `ws://${place}/ws`;
      return world.url;
    },
    end: () => {
      timers.clear();
      server.end();
    },
  };
}
