import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AccessTokens,
  type Clock,
  type Redemption,
  refuse,
  type StopRecord,
  v,
  type WantedReward,
} from '@pertybot/core';
import {
  allSentences,
  type RedeemEvent,
  type RedemptionOutcome,
  type RedemptionWatch,
  SpokenReplies,
  SystemClock,
} from '@pertybot/core/host';
import { MemoryLogger, MemoryStore } from '@pertybot/core/testing';
import { startTwitchSimulator, type TwitchSimulator } from '@pertybot/twitch-simulator';
import { eventSubConfigSchema } from '../../src/eventsub-config.js';
import { HelixApi } from '../../src/helix/helix-api.js';
import { eventsubReplies } from '../../src/replies.js';
import { LastingTokens } from '../../src/rewards/lasting-tokens.js';
import { RewardOffice } from '../../src/rewards/reward-office.js';
import { FakeTokens } from '../fake-tokens.js';

/** A reward as core would want it. */
export const wantedReward = (name: string, more: Partial<WantedReward> = {}): WantedReward => ({
  ...{ name, plugin: 'gpio', title: name, cost: 500, prompt: '', input: false, cooldown: 0 },
  ...{ approve: false, onlyLive: false, runs: `run ${name}` },
  ...more,
});

/** What a redemption does in a test: as core would have it done. */
export type Redeem = (redemption: Redemption, watch: RedemptionWatch) => Promise<RedemptionOutcome>;

/** Moves at once. */
export const moves: Redeem = async (_, watch) => {
  watch.willMove();
  return { moved: true };
};

/** Refuses. */
export const refuses =
  (text: string): Redeem =>
  async () => ({ moved: false, refusal: refuse('busy', { text }) });

/** The channel of the tests. */
export const channel = 'streamer';

/** A simulated Twitch with the broadcaster's grant, and what outlives the bot of a test. */
export class RewardWorld {
  readonly store = new MemoryStore();
  readonly folder = mkdtempSync(join(tmpdir(), 'pertybot-'));
  readonly tokens = new FakeTokens();

  private constructor(readonly twitch: TwitchSimulator) {}

  static async start(
    options: Parameters<typeof startTwitchSimulator>[0] = {},
  ): Promise<RewardWorld> {
    const twitch = await startTwitchSimulator({
      ...{ accounts: [{ login: channel, id: '77' }] },
      ...options,
    });
    const world = new RewardWorld(twitch);
    const scopes = ['channel:manage:redemptions'];
    const { accessToken } = twitch.id.issueToken({ login: channel, scopes });
    world.tokens.set(channel, {
      ...{ token: accessToken, clientId: 'demo', userId: '77', login: channel, scopes },
    });
    return world;
  }

  /** The titles of the channel's rewards that viewers may redeem. */
  get open(): readonly string[] {
    return this.twitch.channels
      .rewards(channel)
      .filter(({ paused, enabled }) => enabled && !paused)
      .map(({ title }) => title);
  }

  /** Every redemption, as `alice FULFILLED`. */
  get redemptions(): readonly string[] {
    return this.twitch.channels
      .redemptions(channel)
      .map(({ user, status }) => `${user.login} ${status}`);
  }

  calls(call: string): number {
    return this.twitch.helix.calls.filter((each) => each.call === call).length;
  }
}

/** One life of a bot's rewards in a {@link RewardWorld}. */
export class RewardLife {
  readonly log = new MemoryLogger();
  readonly said: string[] = [];
  readonly redeemed: string[] = [];
  /** Whether EventSub tells of redemptions. */
  isTold = true;
  readonly office: RewardOffice;
  private readonly api: HelixApi;
  private readonly end = new AbortController();
  private engaged: StopRecord | undefined;

  constructor(
    readonly world: RewardWorld,
    public wanted: readonly WantedReward[],
    public redeem: Redeem = moves,
    clock: Clock = new SystemClock(),
  ) {
    const config = v.parse(eventSubConfigSchema, { apiUrl: world.twitch.apiUrl });
    // As core has it: a plugin that stops is handed out no token any more.
    const handedOut: AccessTokens = {
      get: (request) => {
        this.end.signal.throwIfAborted();
        return world.tokens.get(request);
      },
      invalidate: (token) => world.tokens.invalidate(token),
      onChange: () => () => {},
    };
    const tokens = new LastingTokens(handedOut, this.end.signal);
    this.api = new HelixApi(tokens, config, clock);
    const life = this;
    this.office = new RewardOffice({
      api: this.api,
      tokens,
      wanted: {
        get list() {
          return life.wanted;
        },
        waiting: [],
        approve: () => false,
        onChange: () => () => {},
      },
      inbox: {
        redeem: (redemption, watch = { willMove() {} }) => {
          this.redeemed.push(
            `${redemption.user.login} ${redemption.reward} ${redemption.text}`.trim(),
          );
          return this.redeem(redemption, watch);
        },
        setLive() {},
        isBrought: () => this.isTold,
      },
      emergencyStop: {
        get engaged() {
          return life.engaged;
        },
        onChange: () => () => {},
      },
      replies: new SpokenReplies(allSentences([{ replies: eventsubReplies }])),
      ...{ store: world.store, clock, log: this.log, stateFolder: world.folder },
      say: (where, text) => this.said.push(`#${where} ${text}`),
      isReady: () => true,
      signal: this.end.signal,
    });
  }

  /** Brings it to the channel; resolves when its rewards stand there as `list` says. */
  async begin({ live = true } = {}): Promise<this> {
    if (live) this.world.twitch.channels.goLive({ channel });
    else this.world.twitch.channels.goOffline({ channel });
    await this.office.open(channel);
    await until(() => this.office.list.every(({ state }) => state !== 'coming'));
    return this;
  }

  stopEverything(by: string | undefined): void {
    this.engaged = by === undefined ? undefined : { by, at: '' };
    this.office.changed();
  }

  want(wanted: readonly WantedReward[]): void {
    this.wanted = wanted;
    this.office.changed();
  }

  /** A viewer redeems, and EventSub tells of it. */
  redeems(login: string, reward: string, text = ''): string {
    const {
      id,
      reward: own,
      user,
    } = this.world.twitch.channels.redeem({
      ...{ channel, as: { login }, reward, text },
    });
    this.tell(id, own.id, user, text);
    return id;
  }

  /** EventSub tells of a redemption. */
  tell(
    redemptionId: string,
    rewardId: string,
    user: { readonly id: string; readonly login: string; readonly displayName: string },
    text = '',
    more: Partial<RedeemEvent> = {},
  ): void {
    this.office.redeemed({
      ...{ channel, redemptionId, rewardId, text, ...more },
      user: { ...user, roles: ['everyone'], badges: {}, monthsSubscribed: 0 },
    });
  }

  /** Stops as the bot does. */
  async stop(): Promise<void> {
    this.end.abort(new Error('stopped'));
    await this.office.stop();
    await this.api.close();
  }

  /** Ends as a kill does: nothing is told to anybody any more. */
  async kill(): Promise<void> {
    this.world.twitch.helix.faults.always('*', { connection: 'stall' });
    this.end.abort(new Error('killed'));
    await this.api.close();
    this.world.twitch.helix.faults.clear();
  }
}

/** Waits until something is so; gives up just before the test would. */
export async function until(isSo: () => boolean): Promise<void> {
  const deadline = performance.now() + 25_000;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error(`It is never so: ${isSo}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
