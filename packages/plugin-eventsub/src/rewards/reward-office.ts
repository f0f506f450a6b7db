import {
  type AccessTokens,
  type Clock,
  type EmergencyStop,
  type Inbox,
  type Logger,
  messageOf,
  type Replies,
  type Store,
  sleep,
  type WantedRewards,
} from '@pertybot/core';
import type { RedeemEvent, RedeemUpdateEvent } from '@pertybot/core/host';
import type { TwitchApi } from '../twitch-api.js';
import { askIsLive } from './ask-is-live.js';
import type { ChannelReward, ChannelRewards } from './channel-rewards.js';
import { whyClosed } from './closed-reward.js';
import { HelixRewards, type RewardChannel, rewardScope } from './helix-rewards.js';
import type { LeftEntry } from './journal/journal-entry.js';
import { judgeAllLeft } from './journal/judge-all-left.js';
import type { Judgement } from './journal/judge-left.js';
import { RedemptionJournal } from './journal/redemption-journal.js';
import { OpenRewardsFile } from './open-rewards-file.js';
import { RedemptionDesk } from './redemption-desk.js';
import { RefundTeller } from './refund-teller.js';
import { RewardChannelKeeper } from './reward-channel-keeper.js';
import { Settlement } from './settlement.js';

/** What a {@link RewardOffice} needs. */
export interface RewardOfficeOptions {
  readonly api: TwitchApi;
  readonly tokens: AccessTokens;
  readonly wanted: WantedRewards;
  readonly inbox: Pick<Inbox, 'redeem' | 'setLive' | 'isBrought'>;
  /** What chat is told, as the owner wants it. */
  readonly replies: Replies;
  readonly emergencyStop: Pick<EmergencyStop, 'engaged' | 'onChange'>;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  /** The bot's state folder. */
  readonly stateFolder: string;
  readonly say: (channel: string, text: string) => void;
  /** Whether the bot is ready for what is redeemed. */
  readonly isReady: () => boolean;
  /** Fires when the plugin stops. */
  readonly signal: AbortSignal;
}

/** Milliseconds between two looks whether the bot is ready. */
const readyPause = 100;

/** Milliseconds that the end of the bot leaves for pausing and settling. */
const patienceAtEnd = 3_500;

/** Brings the bot's rewards to its channels, and settles what is redeemed of them. */
export class RewardOffice implements ChannelRewards {
  private readonly channels = new Set<string>();
  private readonly leftChannels = new Set<string>();
  private readonly live = new Map<string, boolean>();
  private judged: ReadonlyMap<LeftEntry, Judgement> | undefined;
  private readonly keepers = new Map<string, RewardChannelKeeper>();
  private readonly opened = new Map<string, { readonly id: string; rewards: readonly string[] }>();
  private readonly ending = new AbortController();
  private readonly helix: HelixRewards;
  private readonly openFile: OpenRewardsFile;
  private readonly journal: RedemptionJournal;
  private readonly settlement: Settlement;
  private readonly teller: RefundTeller;
  private readonly desk: RedemptionDesk;

  /** @throws RewardError REWARD_JOURNAL_FAILED */
  constructor(private readonly options: RewardOfficeOptions) {
    const { api, clock, log, inbox, replies, say, stateFolder, signal } = options;
    this.helix = new HelixRewards(api, this.ending.signal);
    this.openFile = new OpenRewardsFile(stateFolder);
    this.journal = RedemptionJournal.open(stateFolder, log);
    this.teller = new RefundTeller({ clock, replies, say });
    this.settlement = new Settlement({
      ...{ helix: this.helix, clock, log, signal },
      answered: (settled, answer) => this.desk.answered(settled, answer),
    });
    this.desk = new RedemptionDesk({
      ...{ inbox, journal: this.journal, teller: this.teller, log },
      settle: (settled) => this.settlement.add(settled),
    });
  }

  get list(): readonly ChannelReward[] {
    return [...this.channels].flatMap((channel) => {
      const keeper = this.keepers.get(channel);
      if (keeper) return keeper.list;
      const why = `The broadcaster "${channel}" has not logged in yet.`;
      return this.options.wanted.list.map(({ name, title, cost, plugin, runs }) => {
        const about = { name, title, cost, channel, plugin, runs, redemptions: 0 };
        return { ...about, state: 'coming', why };
      });
    });
  }

  /** Something may have changed in what is wanted, or in what may be redeemed. */
  changed(): void {
    for (const keeper of this.keepers.values()) keeper.changed();
  }

  /** Events of a channel may have been lost: what is open is asked for. */
  async gap(channel: string): Promise<void> {
    const keeper = this.keepers.get(channel);
    if (!keeper) return;
    await this.lookAtStream(keeper.channel);
    keeper.gap();
  }

  /** Looks after a channel, once its broadcaster has logged in and the bot is ready. Never rejects. */
  async open(channel: string): Promise<void> {
    if (this.leftChannels.delete(channel)) this.keepers.get(channel)?.gap();
    if (this.channels.has(channel)) return;
    this.channels.add(channel);
    await this.begin(channel);
  }

  /** The bot is no longer in a channel: nobody redeems anything there until it is opened again. */
  leave(channel: string): void {
    this.leftChannels.add(channel);
    this.keepers.get(channel)?.gap();
  }

  private async begin(channel: string): Promise<void> {
    const { tokens, clock, log, signal } = this.options;
    try {
      const account = { account: 'broadcaster', channel } as const;
      const { userId: id } = await tokens.get({ ...account, scopes: [rewardScope], signal });
      await this.ready();
      if (signal.aborted || this.keepers.has(channel)) return;
      const whose = { login: channel, id };
      const keeper = this.makeKeeper(whose);
      this.keepers.set(channel, keeper);
      this.settleLeft(whose);
      await this.lookAtStream(whose);
      keeper.gap(!this.journal.hasLostPower);
    } catch (error) {
      if (signal.aborted) return;
      log.warn(`The rewards of #${channel} are not looked after yet: ${messageOf(error)}`);
      clock.after(30_000, () => void this.begin(channel));
    }
  }

  /** Takes a redemption that EventSub brings, if it is of one of ours. */
  redeemed(event: RedeemEvent): void {
    const { rewardId, redemptionId, channel, user, text, redeemedAt } = event;
    const keeper = this.keepers.get(channel);
    const reward = keeper?.nameOf(rewardId);
    if (!keeper || !reward || redemptionId === undefined) return;
    keeper.shown(event);
    void this.desk.take({
      ...{ id: redemptionId, rewardId, reward: reward.name, title: reward.title },
      ...{ channel: keeper.channel, user, text },
      redeemedAt: redeemedAt ?? this.options.clock.date().getTime(),
    });
  }

  settledElsewhere({ channel, rewardId, redemptionId, status }: RedeemUpdateEvent): void {
    if (!this.keepers.get(channel)?.nameOf(rewardId)) return;
    this.desk.settledElsewhere(redemptionId, status);
  }

  streamIs(channel: string, isLive: boolean): void {
    this.live.set(channel, isLive);
    this.keepers.get(channel)?.changed();
  }

  /** Closes every reward and tells Twitch how what was done has ended, for as long as there is time. */
  async stop(): Promise<void> {
    const { clock } = this.options;
    const cancel = clock.after(patienceAtEnd, () =>
      this.ending.abort(new Error('the bot has stopped')),
    );
    try {
      await Promise.all([...this.keepers.values()].map((keeper) => keeper.stop(this.helix)));
      await this.settlement.idle();
    } finally {
      cancel();
      this.ending.abort(new Error('the bot has stopped'));
      this.teller.flushAll();
      // What is still being done is written down when it ends, for the next start.
      void this.desk.idle().then(() => this.journal.close());
    }
  }

  /** What a bot before has left is settled by the rules of the journal, before anything is run. */
  private settleLeft(channel: RewardChannel): void {
    this.judged ??= judgeAllLeft(this.journal, this.options.stateFolder);
    for (const [entry, judgement] of this.judged) {
      if (entry.channel === channel.login) this.desk.settleLeft(entry, channel, judgement);
    }
  }

  private makeKeeper(channel: RewardChannel): RewardChannelKeeper {
    const { store, clock, log, wanted, inbox, emergencyStop, signal } = this.options;
    const { login } = channel;
    const isLive = () => this.live.get(login) === true;
    return new RewardChannelKeeper({
      ...{ channel, helix: this.helix, store, clock, log },
      ...{ desk: this.desk, settlement: this.settlement },
      wanted: () => wanted.list,
      awaitsApproval: (id) => wanted.waiting.some((each) => each.id === id),
      closed: (reward) => {
        const { engaged } = emergencyStop;
        const hasLeft = this.leftChannels.has(login);
        return whyClosed(reward, {
          isStopping: signal.aborted,
          engaged,
          isLive: isLive(),
          hasLeft,
        });
      },
      isLive,
      isTold: () => inbox.isBrought('redeem', login),
      opened: (rewards) => this.keepOpen(channel, rewards),
    });
  }

  private keepOpen({ login, id }: RewardChannel, rewards: readonly string[]): void {
    this.opened.set(login, { id, rewards });
    const open = [...this.opened].map(([channel, each]) => {
      return { channel, id: each.id, rewards: [...each.rewards] };
    });
    try {
      this.openFile.write(open);
    } catch (error) {
      this.options.log.warn(`Which rewards are open could not be kept: ${messageOf(error)}`);
    }
  }

  private async lookAtStream(channel: RewardChannel): Promise<void> {
    const { api, inbox, log, signal } = this.options;
    try {
      const isLive = await askIsLive(api, channel, signal);
      inbox.setLive(channel.login, isLive);
      this.live.set(channel.login, isLive);
    } catch (error) {
      log.warn(`Whether #${channel.login} is live is not known: ${messageOf(error)}`);
    }
  }

  private async ready(): Promise<void> {
    const { clock, isReady, signal } = this.options;
    while (!isReady()) await sleep(clock, readyPause, signal);
  }
}
