import type { Redemption } from '../contracts/redemption.js';
import type { RedemptionWatch } from '../contracts/reward.js';
import { type HearOptions, makeUser } from './fake-chat.js';

/** Who redeems something in a test, and how. */
export interface RedeemOptions
  extends Pick<HearOptions, 'as' | 'roles' | 'userId' | 'channel' | 'id'>,
    Partial<RedemptionWatch> {
  /** What the viewer types. @default nothing */
  readonly text?: string;
}

let count = 0;

/** Makes a {@link Redemption} as a plugin that brings rewards to a channel would. */
export function makeRedemption(reward: string, options: RedeemOptions = {}): Redemption {
  count += 1;
  return {
    id: options.id ?? `redemption-${count}`,
    reward,
    channel: options.channel ?? 'test',
    user: makeUser(options),
    text: options.text ?? '',
    redeemedAt: 0,
  };
}
