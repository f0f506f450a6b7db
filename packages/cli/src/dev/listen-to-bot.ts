import { isPertyError, messageOf, type PluginState, type Undo } from '@pertybot/core';
import type { Bot } from '@pertybot/core/host';
// For the type of the event `pin`, which that plugin adds.
import type {} from '@pertybot/plugin-gpio';
import type { DevEvent } from './dev-event.js';

/** Tells `onEvent` what happens in a bot, in the words of `pertybot dev`. */
export function listenToBot(bot: Pick<Bot, 'on'>, onEvent: (event: DevEvent) => void): Undo {
  const undo = [
    bot.on('message', ({ id, channel, user, text }) => {
      const { login, displayName, roles } = user;
      onEvent({ type: 'message', id, channel, user: login, displayName, roles, text });
    }),
    bot.on('refusal', ({ reason, command, user, channel, messageId, retryAfter, text }) => {
      const refusal = { reason, command, user: user.login, channel, messageId, retryAfter, text };
      onEvent({ type: 'refusal', ...refusal });
    }),
    bot.on('pin', ({ gadget, pin, level, on }) => {
      onEvent({ type: 'pin', gadget, pin, level, on });
    }),
    bot.on('plugin', ({ plugin, state }) => {
      onEvent({ type: 'plugin', plugin, state: state.name, ...detailsOf(state) });
    }),
  ];
  return () => {
    for (const each of undo) each();
  };
}

function detailsOf(state: PluginState): { reason?: string; error?: string; hint?: string } {
  if (state.name === 'waiting') return { reason: state.reason };
  if (state.name !== 'failed') return {};
  const { error } = state;
  const hint = isPertyError(error) ? error.hint : undefined;
  return { error: messageOf(error), ...(hint !== undefined && { hint }) };
}
