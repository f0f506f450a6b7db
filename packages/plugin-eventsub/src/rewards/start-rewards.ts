import {
  AccessTokens,
  BotFolders,
  BotStatus,
  EmergencyStop,
  Inbox,
  messageOf,
  type PluginContext,
  Replies,
  RequestedScopes,
  type Store,
  type Undo,
  WantedRewards,
} from '@pertybot/core';
import { makePrivateFolder } from '@pertybot/core/host';
import { EventSubConfig } from '../eventsub-config.js';
import { HelixApi } from '../helix/helix-api.js';
import type { ChannelReward, ChannelRewards } from './channel-rewards.js';
import { rewardScope } from './helix-rewards.js';
import { readKept } from './kept-rewards.js';
import { LastingTokens } from './lasting-tokens.js';
import { pauseLeftOpen } from './pause-left-open.js';
import { RewardOffice } from './reward-office.js';

/** How long after the journal could not be opened that is tried again. */
const again = '30s';

/** The rewards of the bot, which begin with the first that a plugin wants: before, nobody is asked for anything. */
export class PluginRewards implements ChannelRewards {
  private office: RewardOffice | undefined;
  /** Ends the wait for the next try to open the journal. */
  private cancel: Undo | undefined;

  get list(): readonly ChannelReward[] {
    return this.office?.list ?? [];
  }

  /** Events of a channel begin to come: some may have been lost before. */
  live(channel: string): void {
    void this.office?.gap(channel);
  }

  /**
   * Starts them as soon as one is wanted, or one is there that nobody wants any more.
   * @param channels their logins, asked for again whenever the bot goes to another one
   */
  start(context: PluginContext, channels: () => readonly string[]): void {
    const { container, log, on, onStop, signal, store } = context;
    const wanted = container.resolve(WantedRewards);
    const open = () => {
      if (signal.aborted) return;
      try {
        this.office ??= openOffice(context, wanted);
      } catch (error) {
        // Without a journal nothing may move for points; all else of EventSub goes on.
        if (!this.cancel) this.failed(context, error);
        this.cancel?.();
        this.cancel = context.after(again, open);
        return;
      }
      for (const channel of channels()) void this.office.open(channel);
    };
    const look = () => {
      if (!this.office && wanted.list.length > 0) open();
    };
    onStop(wanted.onChange(look));
    on('join', () => this.office && open());
    on('part', ({ channel }) => {
      if (!channels().includes(channel)) this.office?.leave(channel);
    });
    look();
    void hasKept(store, channels()).then((has) => {
      if (has) open();
    }, log.warn);
  }

  /** Nobody is to pay for what cannot be done now: what a bot before has left open is paused meanwhile. */
  private failed({ container, log, signal }: PluginContext, error: unknown): void {
    log.error(`${messageOf(error)} It is tried again every 30 s.`, { error });
    void pauseLeftOpen({
      stateFolder: container.resolve(BotFolders).state,
      tokens: new LastingTokens(container.resolve(AccessTokens), signal),
      config: container.resolve<EventSubConfig>(EventSubConfig),
      signal,
    });
  }
}

function openOffice(context: PluginContext, wanted: WantedRewards): RewardOffice {
  const { container, id, log, clock, store, signal, on, onStop, say } = context;
  const { state: stateFolder } = container.resolve(BotFolders);
  makePrivateFolder(stateFolder);
  const status = container.resolve(BotStatus);
  const emergencyStop = container.resolve(EmergencyStop);
  const tokens = new LastingTokens(container.resolve(AccessTokens), signal);
  const api = new HelixApi(tokens, container.resolve<EventSubConfig>(EventSubConfig), clock);
  const office = new RewardOffice({
    ...{ api, tokens },
    inbox: container.resolve(Inbox),
    replies: container.resolve(Replies),
    ...{ wanted, emergencyStop, store, clock, log, stateFolder, signal },
    say: (channel, text) => void say(text, { channel }),
    isReady: () => status.state === 'ready',
  });
  onStop(() => api.close());
  const scope = { scope: rewardScope, account: 'broadcaster', plugins: [id] } as const;
  onStop(container.resolve(RequestedScopes).want([scope]));
  onStop(() => office.stop());
  onStop(wanted.onChange(() => office.changed()));
  onStop(emergencyStop.onChange(() => office.changed()));
  on('redeem', (event) => office.redeemed(event));
  on('redeemUpdate', (event) => office.settledElsewhere(event));
  on('streamOnline', ({ channel }) => office.streamIs(channel, true));
  on('streamOffline', ({ channel }) => office.streamIs(channel, false));
  return office;
}

/** Whether the bot before has made rewards that may have to go. */
async function hasKept(store: Store, channels: readonly string[]): Promise<boolean> {
  for (const channel of channels) {
    const kept = await readKept(store, channel);
    if ([...kept.values()].some(({ gone }) => !gone)) return true;
  }
  return false;
}
