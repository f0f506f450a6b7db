import { LiveStreams } from '../commands/live-streams.js';
import { Approvals } from '../commands/rewards/approvals.js';
import { ApproveCommand } from '../commands/rewards/approve-command.js';
import { Redeemer } from '../commands/rewards/redeemer.js';
import type { RedeemerOptions } from '../commands/rewards/redeemer-options.js';
import { RewardRegistry } from '../commands/rewards/reward-registry.js';
import { tellWaiting } from '../commands/rewards/tell-waiting.js';
import { WantedList } from '../commands/rewards/wanted-list.js';
import type { StopSwitch } from '../commands/stop-switch.js';
import type { PluginState } from '../contracts/bot-events.js';
import type { RewardTrace } from '../contracts/declaration.js';
import { messageOf } from '../contracts/errors.js';
import type { Logger } from '../contracts/logger.js';
import type { Redemption } from '../contracts/redemption.js';
import type { RedemptionOutcome, RedemptionWatch } from '../contracts/reward.js';

/** What {@link PaidCommands} have of the bot around them. */
export interface PaidCommandsOptions
  extends Omit<RedeemerOptions, 'rewards' | 'approvals' | 'live' | 'stopped' | 'stops'> {
  readonly stop: StopSwitch;
  readonly logger: Logger;
  readonly prefix: () => string;
  readonly stateOf: (plugin: string) => PluginState | undefined;
}

/** All that is done for points: the rewards that there are, what waits for a yes, and what is being done. */
export class PaidCommands {
  readonly registry: RewardRegistry;
  readonly wanted: WantedList;
  readonly live: LiveStreams;
  private readonly redeemer: Redeemer;

  constructor(options: PaidCommandsOptions) {
    const { commands, events, clock, logger, stop, prefix } = options;
    this.registry = new RewardRegistry(({ owner }, error) => {
      logger.error(messageOf(error), { plugin: owner.id, error });
    });
    this.live = new LiveStreams(events);
    const approvals = new Approvals(() => {
      approve.look();
      told();
    });
    const approve = new ApproveCommand(logger, commands, approvals, options.replies);
    const told = tellWaiting(approvals, {
      clock,
      prefix,
      chat: options.chat,
      replies: options.replies,
      titleOf: (name) => this.registry.find(name)?.title ?? name,
      onFault: options.onFault,
    });
    const { registry: rewards, live } = this;
    const isStopped = () => stop.engaged !== undefined;
    this.redeemer = new Redeemer({
      ...options,
      rewards,
      approvals,
      live,
      stopped: isStopped,
      stops: () => stop.count,
    });
    stop.onHalt(() => this.redeemer.stopAll());
    this.wanted = new WantedList({
      rewards,
      commands,
      approvals,
      events,
      stopped: () => stop.engaged,
      stateOf: options.stateOf,
      restOf: options.rests,
      after: (delay, task) => clock.after(delay, task),
    });
  }

  /** How many viewers' redemptions run or wait for their turn. */
  get active(): number {
    return this.redeemer.active;
  }

  /** What the author of the plugin `id` said of its rewards. */
  tracesOf(id: string): readonly RewardTrace[] {
    return this.registry.of(id).flatMap(({ work }) => ('trace' in work ? [work.trace] : []));
  }

  redeem(redemption: Redemption, watch: RedemptionWatch): Promise<RedemptionOutcome> {
    return this.redeemer.redeem(redemption, watch);
  }

  /** Forgets the rewards of plugins that are there no more. @param ids of those that are */
  use(ids: readonly string[]): void {
    this.registry.settle((id) => ids.includes(id));
  }

  /** Decides all that is open: the bot stops. */
  close(): void {
    this.redeemer.close();
  }
}
