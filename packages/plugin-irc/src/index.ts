import { isDeepStrictEqual } from 'node:util';
import { AccessTokens, Chat, definePlugin } from '@pertybot/core';
import { ChatHealth, IrcChatHealth } from './chat-health.js';
import { ChatLogin, chatScopes } from './chat-login.js';
import { ChatSession } from './chat-session.js';
import { checkServer } from './check-server.js';
import { IncomingMessages, LineCounts } from './incoming/incoming-messages.js';
import { NoticeHandler } from './incoming/notice-handler.js';
import { RoomStates } from './incoming/room-states.js';
import { UserNotices } from './incoming/user-notices.js';
import { IrcConfig, ircConfigSchema } from './irc-config.js';
import { ChannelJoiner } from './outgoing/channel-joiner.js';
import { DroppedTexts } from './outgoing/dropped-texts.js';
import { LiveConnection } from './outgoing/live-connection.js';
import { SendPace } from './outgoing/send-pace.js';
import { SendQueue } from './outgoing/send-queue.js';
import { TmiChat } from './outgoing/tmi-chat.js';

// Errors
export { ChatError, type ChatErrorCode } from './chat-error.js';
// For whoever shows how chat does
export { type ChannelHealth, ChatHealth } from './chat-health.js';
// For whoever writes plugins.yaml by program
export { IrcConfig, ircConfigSchema } from './irc-config.js';

/** Each has a state of its own, so there is one of each. */
const services = [
  LineCounts,
  DroppedTexts,
  LiveConnection,
  ChannelJoiner,
  SendPace,
  SendQueue,
  NoticeHandler,
  UserNotices,
  RoomStates,
  IncomingMessages,
  ChatLogin,
  ChatSession,
  TmiChat,
  IrcChatHealth,
] as const;

/** Twitch chat through tmi.js. */
export default definePlugin({
  name: 'irc',
  about: 'Sits in Twitch chat: hears what is written and says what the bot says.',
  config: ircConfigSchema,
  needs: { tokens: AccessTokens },
  scopes: chatScopes,
  channels: ({ channels }) => channels,
  provides: [Chat, ChatHealth],
  commands: {},
  register(container, config) {
    container.register(IrcConfig, { useValue: config });
    for (const service of services) container.registerSingleton<object>(service);
    container.register(Chat, { useToken: TmiChat });
    container.register(ChatHealth, { useToken: IrcChatHealth });
  },
  reconfigure(container, config) {
    const { channels, ignore, sharedChat } = container.resolve<IrcConfig>(IrcConfig);
    // All else belongs to the connection, which a restart of the plugin renews.
    const rest = { ...config, channels, ignore, sharedChat };
    if (!isDeepStrictEqual(rest, container.resolve(IrcConfig))) return false;
    container.register(IrcConfig, { useValue: config });
    container.resolve(ChannelJoiner).want(config.channels);
    container.resolve(IncomingMessages).configure(config);
    return true;
  },
  checks: ({ config }) => checkServer(config),
  async start({ container, onStop, waiting }) {
    const session = container.resolve(ChatSession);
    container.resolve(ChatLogin).tellWaiting(waiting);
    const dropped = container.resolve(DroppedTexts);
    onStop(() => session.stop().finally(() => dropped.stop()));
    await session.start();
  },
});
