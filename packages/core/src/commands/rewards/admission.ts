import { type Refusal, refuse } from '../../contracts/command.js';
import type { Redemption } from '../../contracts/redemption.js';
import { isAllowed } from '../allow.js';
import { attributeCall } from '../call.js';
import type { RedeemerOptions } from './redeemer-options.js';
import { attributeRedemption, type RedemptionCall, toCall, toMessage } from './redemption-call.js';
import type { RegisteredReward } from './reward-registry.js';

type AdmissionOptions = Pick<
  RedeemerOptions,
  'rewards' | 'commands' | 'known' | 'live' | 'onFault' | 'unready' | 'rests' | 'stopped'
>;

/** The checks before a redemption is done, the same as those of a command; its price stands in for the role. */
export class Admission {
  /** @param isFull whether no more of a reward may be open */
  constructor(
    private readonly options: AdmissionOptions,
    private readonly isFull: (reward: string) => boolean,
  ) {}

  /** What a redemption runs, or why it does not. */
  admit(redemption: Redemption, signal?: AbortSignal): RedemptionCall | Refusal {
    if (signal?.aborted) return refuse('withdrawn');
    const unready = this.options.unready();
    if (unready) return refuse(unready);
    const reward = this.options.rewards.find(redemption.reward);
    if (reward === undefined) return refuse('unknown');
    const refusal = this.refuseReward(reward, redemption);
    if (refusal) return refusal;
    const call = toCall(reward, redemption, this.options);
    if ('refused' in call) return call;
    return this.refuseCommand(call, redemption) ?? call;
  }

  private refuseReward(reward: RegisteredReward, redemption: Redemption): Refusal | undefined {
    const { enabled, allow, onlyLive, owner, name } = reward;
    if (!enabled) return refuse('disabled');
    if (owner.signal.aborted) {
      return refuse('gone', { values: { what: owner.id } });
    }
    if (!isAllowed(redemption.user, allow, this.options.known)) return refuse('role');
    if (onlyLive && !this.options.live.isLive(redemption.channel)) return refuse('offline');
    if (this.options.stopped()) return refuse('stopped');
    if (this.isFull(name)) return refuse('busy');
    return this.options.rests(attributeRedemption(reward, redemption));
  }

  private refuseCommand({ command }: RedemptionCall, redemption: Redemption): Refusal | undefined {
    if (command === undefined) return undefined;
    if (!command.enabled) return refuse('disabled');
    if (command.onlyLive && !this.options.live.isLive(redemption.channel)) {
      return refuse('offline');
    }
    return this.options.rests(attributeCall(command, toMessage(redemption)));
  }
}
