import type { Actor } from './twitch-event.js';

/** Something of which chat is not told: Twitch tells it over EventSub alone. */
export type ChannelHappening =
  | { readonly kind: 'follow'; readonly by: Actor }
  | { readonly kind: 'unsubscribe'; readonly by: Actor }
  | { readonly kind: 'donate'; readonly by: Actor; readonly amount: number }
  | { readonly kind: 'highlight'; readonly by: Actor; readonly text: string }
  | { readonly kind: 'powerUp'; readonly by: Actor; readonly bits: number; readonly text: string }
  | {
      readonly kind: 'settle';
      readonly reward: string;
      readonly status: 'FULFILLED' | 'CANCELED';
    }
  | { readonly kind: 'goLive' }
  | { readonly kind: 'goOffline' }
  | { readonly kind: 'update'; readonly title?: string; readonly category?: string }
  | { readonly kind: 'hypeTrain'; readonly level: number }
  | { readonly kind: 'hypeTrainEnd' }
  | { readonly kind: 'poll'; readonly title: string; readonly choices: readonly string[] }
  | { readonly kind: 'vote'; readonly choice: string; readonly votes: number }
  | { readonly kind: 'pollEnd' }
  | { readonly kind: 'prediction'; readonly title: string; readonly outcomes: readonly string[] }
  | { readonly kind: 'predictionLock' }
  /** The outcome that won; absent where the points are given back. */
  | { readonly kind: 'predictionEnd'; readonly outcome?: string }
  | { readonly kind: 'adBreak'; readonly seconds: number }
  | { readonly kind: 'goal'; readonly target: number; readonly description: string }
  | { readonly kind: 'goalAdvance'; readonly amount: number }
  | { readonly kind: 'charity'; readonly target: number; readonly charity: string }
  | { readonly kind: 'charityStop' }
  | { readonly kind: 'shieldUp' }
  | { readonly kind: 'shieldDown' }
  | { readonly kind: 'shoutout'; readonly to: string }
  | { readonly kind: 'praise'; readonly by: Actor }
  | { readonly kind: 'raidOut'; readonly to: string; readonly viewers: number };
