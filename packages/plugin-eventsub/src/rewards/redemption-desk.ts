import {
  type ChatUser,
  type Inbox,
  type Logger,
  messageOf,
  type Redemption,
  refuse,
} from '@pertybot/core';
import type { RedemptionOutcome } from '@pertybot/core/host';
import type { RewardChannel } from './helix-rewards.js';
import type { LeftEntry } from './journal/journal-entry.js';
import type { Judgement } from './journal/judge-left.js';
import type { Intent, RedemptionJournal } from './journal/redemption-journal.js';
import { KnownRedemptions } from './known-redemptions.js';
import { inPlainWords, type RefundReason, reasonOf } from './refund-reason.js';
import type { RefundTeller } from './refund-teller.js';
import type { Settled, SettlementAnswer } from './settlement.js';

/** A redemption as Twitch brings it, of one of our rewards. */
export interface IncomingRedemption {
  readonly id: string;
  readonly rewardId: string;
  /** Name of the reward in the bot; undefined for one that nobody wants any more. */
  readonly reward: string | undefined;
  readonly title: string;
  readonly channel: RewardChannel;
  readonly user: ChatUser;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly redeemedAt: number;
}

/** What a {@link RedemptionDesk} needs. */
export interface RedemptionDeskOptions {
  readonly inbox: Pick<Inbox, 'redeem'>;
  readonly journal: RedemptionJournal;
  readonly settle: (settled: Settled) => void;
  readonly teller: Pick<RefundTeller, 'tell'>;
  readonly log: Logger;
}

/** A redemption in hand. */
interface InHand {
  readonly redemption: IncomingRedemption;
  /** Fires when somebody else has settled it. */
  readonly elsewhere: AbortController;
}

/** What chat is told once Twitch has given the points back. */
interface Refunding {
  readonly user: string;
  readonly title: string;
  readonly because: RefundReason;
}

/**
 * Takes redemptions from Twitch, has the bot do what was paid for, and sees to it that each is settled once by
 * what the pins did: moved keeps the points, all else gives them back.
 */
export class RedemptionDesk {
  private readonly known = new KnownRedemptions();
  private readonly inHand = new Map<string, InHand>();
  private readonly taken = new Set<Promise<void>>();
  private readonly refunding = new Map<string, Refunding>();

  constructor(private readonly options: RedemptionDeskOptions) {}

  /** Whether a redemption was taken in hand before. */
  knows(id: string): boolean {
    return this.known.has(id);
  }

  /** Redemptions of a reward that are being done, the oldest first. */
  underWay(rewardId: string): readonly IncomingRedemption[] {
    return [...this.inHand.values()].flatMap(({ redemption }) =>
      redemption.rewardId === rewardId ? [redemption] : [],
    );
  }

  /** Resolves when nothing is being done. */
  async idle(): Promise<void> {
    while (this.taken.size > 0) await Promise.all(this.taken);
  }

  /** Does what was paid for. One that is known already is left alone. Not async: it begins before there is a promise. */
  take(redemption: IncomingRedemption): Promise<void> {
    if (!this.known.add(redemption.id)) return done;
    const work = this.perform(redemption).then(() => {
      this.taken.delete(work);
    });
    this.taken.add(work);
    return work;
  }

  private perform(redemption: IncomingRedemption): Promise<void> {
    const { id, reward } = redemption;
    if (reward === undefined) {
      return this.refund(redemption, reasonOf('reward.unknown', redemption.title));
    }
    const elsewhere = new AbortController();
    this.inHand.set(id, { redemption, elsewhere });
    return this.redeem({ ...redemption, reward }, elsewhere.signal).then((outcome) => {
      this.inHand.delete(id);
      if (elsewhere.signal.aborted) return this.foundSettled(redemption, outcome);
      if (outcome.moved) return this.fulfil(redemption);
      return this.refund(redemption, whyNot(outcome.refusal, redemption));
    });
  }

  /** Gives points back without doing anything. One that is known already is left alone. */
  async giveBack(redemption: IncomingRedemption, because: RefundReason): Promise<void> {
    if (this.known.add(redemption.id)) await this.refund(redemption, because);
  }

  /** Settles what a bot before has left in the journal. */
  settleLeft(entry: LeftEntry, channel: RewardChannel, { status, because }: Judgement): void {
    const { id, rewardId, user, title } = entry;
    this.known.add(id);
    const end = status === 'FULFILLED' ? 'keeps the points' : 'gets the points back';
    const why = inPlainWords(because);
    this.options.log.warn(`${user} ${end} for "${title}". ${why} It is not run again.`);
    if (status === 'CANCELED') this.refunding.set(id, { user, title, because });
    this.options.settle({ id, rewardId, channel, status });
  }

  /** Hears that a redemption was settled: what still waits for its turn then does not run. */
  settledElsewhere(id: string, status: string): void {
    const inHand = this.inHand.get(id);
    if (!inHand || inHand.elsewhere.signal.aborted) return;
    const { user, title } = inHand.redemption;
    const how = status === 'canceled' ? 'gave the points back' : 'marked it as done';
    this.options.log.info(
      `Somebody ${how} in Twitch's own queue: "${title}" of ${user.displayName} does not run any more.`,
    );
    inHand.elsewhere.abort();
  }

  /** Hears of each redemption once Twitch has answered for good. */
  answered({ id, channel }: Settled, answer: SettlementAnswer): void {
    this.options.journal.settled(id);
    const refund = this.refunding.get(id);
    this.refunding.delete(id);
    if (refund && answer === 'done') {
      this.options.teller.tell({ ...refund, channel: channel.login });
    }
  }

  private redeem(
    redemption: IncomingRedemption & { readonly reward: string },
    signal: AbortSignal,
  ): Promise<RedemptionOutcome> {
    const { id, reward, title, channel, user, text, redeemedAt } = redemption;
    const { inbox, journal, log } = this.options;
    const given: Redemption = { id, reward, channel: channel.login, user, text, redeemedAt };
    const willMove = (what?: string) => journal.intend(toIntent(redemption), what);
    return inbox.redeem(given, { willMove, signal }).catch((error: unknown) => {
      log.error(`The redemption of "${title}" failed: ${messageOf(error)}`, { error });
      return { moved: false, refusal: refuse('fault') };
    });
  }

  private async fulfil(redemption: IncomingRedemption): Promise<void> {
    const { id, rewardId, channel } = redemption;
    const { journal, log } = this.options;
    try {
      // What moves no pin, such as a text, is done once, too.
      if (!journal.has(id)) journal.intend(toIntent(redemption));
    } catch (error) {
      log.error(messageOf(error));
    }
    await journal.moved(id);
    this.settle({ id, rewardId, channel, status: 'FULFILLED' });
  }

  private async refund(redemption: IncomingRedemption, because: RefundReason): Promise<void> {
    const { id, rewardId, channel, user, title } = redemption;
    const { journal, log } = this.options;
    log.info(`${user.displayName} gets the points for "${title}" back: ${inPlainWords(because)}`);
    if (journal.has(id)) await journal.refund(id);
    this.refunding.set(id, { user: user.displayName, title, because });
    this.settle({ id, rewardId, channel, status: 'CANCELED' });
  }

  private settle(settled: Settled): void {
    this.options.settle(settled);
  }

  private foundSettled({ id, title, user }: IncomingRedemption, outcome: RedemptionOutcome): void {
    this.options.journal.settled(id);
    if (!outcome.moved) return;
    this.options.log.warn(
      `"${title}" of ${user.displayName} had moved already when somebody settled it in Twitch's own queue.`,
    );
  }
}

const done = Promise.resolve();

function toIntent({ id, rewardId, channel, user, title }: IncomingRedemption): Intent {
  return { id, rewardId, channel: channel.login, user: user.displayName, title };
}

/** Core gives a sentence for chat with each; without one, its reason has one. */
function whyNot(
  { reason, text }: { readonly reason: string; readonly text?: string },
  { title }: IncomingRedemption,
): RefundReason {
  return text ?? reasonOf(`reward.${reason}`, title);
}
