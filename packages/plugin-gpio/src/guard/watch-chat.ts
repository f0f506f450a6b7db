import { type BotStatus, Chat, type PluginContext, type Undo } from '@pertybot/core';
import { serviceName } from '@pertybot/core/host';

/** How often it is looked how long chat has been away, in milliseconds. */
const tick = 900;
/** By how much a look may be late, in milliseconds. */
const slack = 200;

/** A quiet chat that is connected gives a sign of life every ten seconds or so, in milliseconds. */
const leastSilence = 20_000;

/** What chat is watched with. */
export interface WatchChatOptions {
  /** Longest time for which chat may be silent, in milliseconds. */
  readonly limit: number;
  readonly plugins: () => BotStatus['plugins'];
  /** Called when chat has been away for too long. @returns what is called when it is back */
  readonly lost: () => Undo;
}

/**
 * Watches whether anybody in chat could switch off what somebody switched on. What counts is the last
 * sign of life of the chat service; of a chat plugin that tells none, whether it runs and is connected.
 */
export function watchChat(
  { on, clock }: Pick<PluginContext, 'on' | 'clock'>,
  { limit, plugins, lost }: WatchChatOptions,
): Undo {
  let last = clock.now();
  let tells = false;
  let isDisconnected = false;
  let isHeard = false;
  let back: Undo | undefined;
  let cancel: Undo = () => {};

  const look = () => {
    if (isThere()) last = clock.now();
    const patience = isHeard && !isDisconnected ? Math.max(limit, leastSilence) : limit;
    if (clock.now() - last >= patience) {
      back ??= lost();
    } else {
      back?.();
      back = undefined;
    }
  };
  const isThere = () => {
    const providers = plugins().filter(isChat);
    if (providers.length === 0) return true;
    return !tells && !isDisconnected && providers.some(({ state }) => state.name === 'running');
  };
  const repeat = () => {
    look();
    cancel = clock.after(tick, repeat, slack);
  };
  const undos = [
    on('chatLife', ({ lastHeard }) => {
      tells = true;
      isHeard = lastHeard !== undefined;
      last = lastHeard ?? last;
      look();
    }),
    on('disconnected', () => {
      isDisconnected = true;
    }),
    on('connected', () => {
      isDisconnected = false;
      last = clock.now();
      look();
    }),
    () => cancel(),
    () => back?.(),
  ];
  repeat();
  return () => {
    for (const undo of undos) undo();
  };
}

/** Whether it brings chat, or would if it ran; not one that is left out on purpose. */
function isChat({ provides, state }: BotStatus['plugins'][number]): boolean {
  return provides.includes(serviceName(Chat)) && !['disabled', 'stopped'].includes(state.name);
}
