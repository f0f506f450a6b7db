import { type BotEvents, isPertyError, messageOf, type Undo } from '@pertybot/core';
import { type Bot, type PluginState, placeOf } from '@pertybot/core/host';
import type {} from '@pertybot/plugin-gpio';
import type { TwitchSimulator } from '@pertybot/twitch-simulator';
import { isBeside } from '../page/page-plugin.js';
import {
  type ChannelDevEvent,
  type ChannelEventName,
  channelEventNames,
  type DevEvent,
  type PluginEvent,
  type ToldEvent,
} from './dev-event.js';
// For the type of the event `pin`, which that plugin adds.

/** Tells `onEvent` what happens in a bot, in the words of `pertybot dev`. */
export function listenToBot(
  bot: Pick<Bot, 'on' | 'folder' | 'hosted'>,
  onEvent: (event: DevEvent) => void,
): Undo {
  const undo = [
    bot.on('message', ({ id, channel, user, text }) => {
      const { login, displayName, roles } = user;
      onEvent({ type: 'message', id, channel, user: login, displayName, roles, text });
    }),
    ...listenToChannel(bot, onEvent),
    bot.on('refusal', ({ user, redemption, ...refusal }) => {
      onEvent({
        type: 'refusal',
        ...refusal,
        user: user.login,
        ...(redemption && { redemption: { title: redemption.title, cost: redemption.cost } }),
      });
    }),
    bot.on('pin', ({ gadget, pin, level, on, dryRun }) => {
      onEvent({ type: 'pin', gadget, pin, level, on, ...(dryRun && { dryRun }) });
    }),
    bot.on('plugin', ({ plugin, state }) => {
      // The page is no plugin of plugins.yaml; that it failed is news all the same.
      if (isBeside(bot, plugin) && state.name !== 'failed') return;
      onEvent({ type: 'plugin', plugin, state: state.name, ...detailsOf(state, bot.folder) });
    }),
  ];
  return () => {
    for (const each of undo) each();
  };
}

function detailsOf(
  state: PluginState,
  folder: string,
): Pick<PluginEvent, 'reason' | 'error' | 'place' | 'hint'> {
  if (state.name === 'waiting') return { reason: state.reason };
  if (state.name !== 'failed') return {};
  const { error } = state;
  const hint = isPertyError(error) ? error.hint : undefined;
  const place = placeOf(error, folder);
  return {
    error: messageOf(error),
    ...(place !== undefined && { place }),
    ...(hint !== undefined && { hint }),
  };
}

/** What happens in a channel beside lines of chat. */
function listenToChannel(
  bot: Pick<Bot, 'on'>,
  onEvent: (event: ChannelDevEvent) => void,
): readonly Undo[] {
  return [
    bot.on('cheer', ({ channel, user, bits, message }) => {
      onEvent({ type: 'cheer', channel, user: user.login, bits, messageId: message.id });
    }),
    bot.on('redeem', ({ user, message, ...rest }) => {
      const redeemed = { type: 'redeem', ...rest, user: user.login } as const;
      onEvent(message ? { ...redeemed, messageId: message.id } : redeemed);
    }),
    ...channelEventNames.map((name) => bot.on(name, (data) => onEvent(toTold(name, data)))),
    bot.on('subscribe', ({ user, ...rest }) => {
      onEvent({ type: 'subscribe', ...rest, user: user.login });
    }),
    bot.on('giftSubscription', ({ channel, user, tier, count, recipient }) => {
      const names = { user: user?.login, recipient: recipient?.login };
      onEvent({ type: 'giftSubscription', channel, tier, count, ...names });
    }),
    bot.on('raid', ({ channel, user, viewers }) => {
      onEvent({ type: 'raid', channel, user: user.login, viewers });
    }),
    bot.on('announcement', ({ channel, user, text, color }) => {
      onEvent({ type: 'announcement', channel, user: user.login, text, color });
    }),
    bot.on('moderation', ({ login, ...rest }) => {
      onEvent({ type: 'moderation', ...rest, user: login });
    }),
  ];
}

function toTold(name: ChannelEventName, data: BotEvents[ChannelEventName]): ToldEvent {
  const user = 'user' in data ? { user: data.user.login } : {};
  // The name is that of the data; TypeScript cannot tie the two together.
  return { type: name, ...data, ...user } as unknown as ToldEvent;
}

/**
 * Tells `onEvent` what the bot wrote as it arrived at the simulated Twitch, and makes the bot a moderator
 * where it comes, as most streamers do: Twitch lets it speak more often then.
 * @param account login of the bot
 */
export function listenToTwitch(
  { chat }: TwitchSimulator,
  account: string,
  onEvent: (event: DevEvent) => void,
): Undo {
  const undo = [
    chat.on('message', ({ login, channel, text, replyTo }) => {
      if (login === account) onEvent({ type: 'reply', channel, text, replyTo });
    }),
    chat.on('join', ({ login, channel }) => {
      if (login === account) chat.setRoles(channel, account, ['moderator']);
    }),
  ];
  return () => {
    for (const each of undo) each();
  };
}
