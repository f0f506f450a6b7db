import type { Chat } from '../../contracts/chat.js';
import type { Clock } from '../../contracts/clock.js';
import { type CommandContext, isRefusal, type Refusal, refuse } from '../../contracts/command.js';
import type { Redemption } from '../../contracts/redemption.js';
import type { RedemptionOutcome, RedemptionWatch } from '../../contracts/reward.js';
import { runFor } from '../../events/attribution.js';
import type { OnFault } from '../../events/event-hub.js';
import { latePromise } from '../late-promise.js';
import type { PassOn } from '../user-queue.js';
import { Deed } from './deed.js';
import type { OpenDeeds } from './open-deeds.js';
import {
  attributeRedemption,
  createRedemptionContext,
  type RedemptionCall,
} from './redemption-call.js';

/** What a redemption runs with. */
interface RunParts {
  readonly clock: Clock;
  readonly onFault: OnFault;
  readonly chat: () => Chat | undefined;
  readonly open: OpenDeeds;
  readonly redemption: Redemption;
  readonly watch: RedemptionWatch;
  readonly passOn: PassOn;
  /** Hears what became of it, once. */
  readonly decided: (outcome: RedemptionOutcome) => void;
}

/** How long a handler may take without moving anything, milliseconds. */
const handlerLimit = 60_000;

/** How long what goes on or waits at a gadget may take until it is decided, milliseconds. */
const longestWait = 600_000;

/**
 * Runs the handler of a redemption that was let in, and sees to it that it is decided.
 * @returns when its turn is over: its handler has ended, or nobody waits for it any more. Never rejects
 */
export function runRedemption(call: RedemptionCall, parts: RunParts): Promise<void> {
  const { clock, onFault, chat, open, redemption, watch, passOn } = parts;
  const { reward } = call;
  const attribution = attributeRedemption(reward, redemption);
  return latePromise<void>((resolve) => {
    const over = () => resolve();
    let cancel = () => {};
    const deed = new Deed({
      clock,
      willMove: (what) => watch.willMove(what),
      onFault: (error) => onFault(attribution, error),
      decided: (outcome) => {
        cancel();
        forget();
        if (!outcome.moved) over();
        parts.decided(outcome);
      },
    });
    const forget = open.add(deed, reward.name, reward.owner.signal);
    const end = (refusal?: Refusal) => {
      over();
      deed.settle(refusal);
      cancel();
      if (deed.isDecided) return;
      cancel = clock.after(longestWait, () => deed.close(refuse('timeout')));
    };
    const fail = (error: unknown) => {
      onFault(attribution, error);
      end(refuse('fault'));
    };
    const isVain = () => deed.isVain;
    const context = createRedemptionContext(call, { redemption, chat, passOn, isVain });
    // The registry keeps each handler beside the signature that its arguments come from.
    const handler = call.handler as (context: CommandContext) => unknown;
    try {
      const result = runFor({ ...attribution, deed }, () => handler(context));
      if (!(result instanceof Promise)) return end(toRefusal(result));
      if (!deed.isDecided) cancel = clock.after(handlerLimit, () => end(refuse('timeout')));
      result.then((late) => end(toRefusal(late)), fail);
    } catch (error) {
      fail(error);
    }
  });
}

function toRefusal(result: unknown): Refusal | undefined {
  return isRefusal(result) ? result : undefined;
}
