import type { SubscriptionPlan } from '@pertybot/twitch-simulator';
import type { Actor } from './actor.js';
import type { ChannelHappening } from './channel-happening.js';

/** Colours in which Twitch shows an announcement. */
export const announcementColors = ['primary', 'blue', 'green', 'orange', 'purple'] as const;

/** Something beside a line of chat that `pertybot dev` lets happen. */
export type TwitchEvent = ChatHappening | ChannelHappening;

/** Something of which chat is told. */
export type ChatHappening =
  | { readonly kind: 'cheer'; readonly by: Actor; readonly bits: number; readonly text: string }
  | {
      readonly kind: 'subscribe';
      readonly by: Actor;
      readonly plan: SubscriptionPlan;
      /** Absent for a new subscription. */
      readonly months?: number;
      readonly text: string;
    }
  | {
      readonly kind: 'gift';
      /** Absent for an anonymous gift. */
      readonly by?: Actor;
      readonly plan: SubscriptionPlan;
      /** To so many viewers, or to the one of that login. */
      readonly to: number | string;
    }
  | { readonly kind: 'raid'; readonly by: Actor; readonly viewers: number }
  | { readonly kind: 'redeem'; readonly by: Actor; readonly reward: string; readonly text: string }
  | {
      readonly kind: 'announce';
      readonly by: Actor;
      readonly color: (typeof announcementColors)[number];
      readonly text: string;
    }
  | { readonly kind: 'timeout'; readonly login: string; readonly seconds: number }
  | { readonly kind: 'ban'; readonly login: string }
  | { readonly kind: 'delete'; readonly login: string }
  | { readonly kind: 'clear' };

const chatKinds: Readonly<Record<ChatHappening['kind'], true>> = {
  cheer: true,
  subscribe: true,
  gift: true,
  raid: true,
  redeem: true,
  announce: true,
  timeout: true,
  ban: true,
  delete: true,
  clear: true,
};

/** Whether chat is told of it. */
export function isOfChat(event: TwitchEvent): event is ChatHappening {
  return Object.hasOwn(chatKinds, event.kind);
}
