import { type Refusal, refuse } from '../../contracts/command.js';
import { formatDuration } from '../../contracts/duration.js';
import type { Redemption } from '../../contracts/redemption.js';
import type { Replies } from '../../contracts/replies.js';
import type { RedemptionOutcome, RedemptionWatch } from '../../contracts/reward.js';
import type { Attribution } from '../../events/attribution.js';
import { toAllowed } from '../allow.js';
import { Cooldowns } from '../cooldowns.js';
import { latePromise } from '../late-promise.js';
import { type PassOn, UserQueue } from '../user-queue.js';
import { Admission } from './admission.js';
import { OpenDeeds } from './open-deeds.js';
import type { RedeemerOptions } from './redeemer-options.js';
import type { RedemptionCall } from './redemption-call.js';
import { tellOutcome } from './redemption-events.js';
import type { RegisteredReward } from './reward-registry.js';
import { runRedemption } from './run-redemption.js';

/** Leads a redemption to what its viewer paid for, and says whether something moved. */
export class Redeemer {
  private readonly cooldowns: Cooldowns;
  private readonly queue: UserQueue;
  private readonly admission: Admission;
  private readonly open = new OpenDeeds();

  constructor(private readonly options: RedeemerOptions) {
    this.cooldowns = new Cooldowns(options.clock);
    this.queue = new UserQueue(options.clock);
    this.admission = new Admission(options, (name) => this.open.isFull(name));
  }

  /** How many viewers' redemptions run or wait for their turn. */
  get active(): number {
    return this.queue.size;
  }

  /** Never rejects. Not async: what was paid for begins before there is a promise. */
  redeem(redemption: Redemption, watch: RedemptionWatch): Promise<RedemptionOutcome> {
    const reward = this.options.rewards.find(redemption.reward);
    const begun = this.options.clock.now();
    const fail = (error: unknown) => {
      this.options.onFault(core, error);
      return notMoved(refuse('fault'));
    };
    const tell = (decided: RedemptionOutcome) => {
      const outcome = decided.moved
        ? decided
        : notMoved(withText(decided.refusal, reward, this.options.replies()));
      tellOutcome(this.options, { redemption, reward, outcome, took: this.since(begun) });
      return outcome;
    };
    try {
      return this.decide(redemption, watch).catch(fail).then(tell);
    } catch (error) {
      return Promise.resolve(fail(error)).then(tell);
    }
  }

  /** Refuses what has not moved: everything was stopped. */
  stopAll(): void {
    const refusal = refuse('stopped');
    this.options.approvals.refuseAll(refusal);
    this.open.closeUnmoved(refusal);
  }

  /** Decides all that is open: the bot stops. */
  close(): void {
    const refusal = refuse('stopping');
    this.options.approvals.refuseAll(refusal);
    this.open.closeAll(refusal);
  }

  private decide(redemption: Redemption, watch: RedemptionWatch): Promise<RedemptionOutcome> {
    const first = this.admission.admit(redemption, watch.signal);
    if ('refused' in first) return Promise.resolve(notMoved(first));
    const { title, approve } = first.reward;
    if (!approve) return this.inTurn(redemption, watch, first);
    return this.options.approvals
      .wait(redemption, title, watch.signal)
      .then((no) => (no ? notMoved(no) : this.inTurn(redemption, watch, undefined)));
  }

  /** @param admitted what was let in just now: without a wait for its turn nothing has changed since */
  private inTurn(
    redemption: Redemption,
    watch: RedemptionWatch,
    admitted: RedemptionCall | undefined,
  ): Promise<RedemptionOutcome> {
    const { stops } = this.options;
    const before = stops();
    let known = admitted;
    return latePromise((resolve) => {
      const run = (passOn: PassOn) => {
        // While it waited its plugin may have been stopped or exchanged.
        const call =
          known ??
          (stops() === before ? this.admission.admit(redemption, watch.signal) : refuse('stopped'));
        if (!('refused' in call)) return this.run(call, { redemption, watch, passOn, resolve });
        resolve(notMoved(call));
        return done;
      };
      const queued = this.queue.run(redemption.user.id, run);
      known = undefined;
      if (queued === undefined) resolve(notMoved(refuse('queue')));
      else void queued.catch((error: unknown) => this.options.onFault(core, error));
    });
  }

  /** @returns when the turn is over: its handler has ended, or nobody waits for it any more */
  private run(call: RedemptionCall, turn: Turn): Promise<void> {
    const { redemption, watch, passOn, resolve } = turn;
    const { reward } = call;
    const { user, channel } = redemption;
    const group = `reward ${reward.owner.id}/${reward.name}`;
    const taken = this.cooldowns.take({ group, user, channel, rules: reward.rules });
    if (!taken.allowed) {
      resolve(notMoved(refuse('cooldown', { retryAfter: taken.retryAfter })));
      return done;
    }
    const decided = (outcome: RedemptionOutcome) => {
      if (!outcome.moved) taken.refund();
      resolve(outcome);
    };
    const { open, options } = this;
    return runRedemption(call, { ...options, open, redemption, watch, passOn, decided });
  }

  private since(begun: number): number {
    return this.options.clock.now() - begun;
  }
}

interface Turn {
  readonly redemption: Redemption;
  readonly watch: RedemptionWatch;
  readonly passOn: PassOn;
  readonly resolve: (outcome: RedemptionOutcome) => void;
}

const done = Promise.resolve();

const core: Attribution = { plugin: '', where: 'redemption' };

function notMoved(refusal: Refusal): RedemptionOutcome {
  return { moved: false, refusal };
}

/** The refusal with what the viewer is told of points that come back: there is always a sentence. */
function withText(
  refusal: Refusal,
  reward: Pick<RegisteredReward, 'title' | 'allow'> | undefined,
  replies: Replies,
): Refusal {
  const { reason, retryAfter = 0, values: told } = refusal;
  const values = {
    title: reward?.title ?? '…',
    allowed: toAllowed(reward?.allow ?? 'everyone'),
    wait: formatDuration(retryAfter),
    ...told,
  };
  const text =
    replies.text(`reward.${reason}`, values) ??
    (refusal.text === undefined ? undefined : replies.refusal(refusal, values)) ??
    refusal.text ??
    replies.text('reward.otherwise', values) ??
    'It cannot be done now.';
  return { ...refusal, text };
}
