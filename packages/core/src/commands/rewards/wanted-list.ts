import { isDeepStrictEqual } from 'node:util';
import type { PluginState } from '../../contracts/bot-events.js';
import { type Refusal, refuse } from '../../contracts/command.js';
import { type Consumer, forPlugin, type PerPlugin, type Undo } from '../../contracts/consumer.js';
import type { StopRecord } from '../../contracts/emergency-stop.js';
import type { BotEvents } from '../../contracts/events.js';
import type { Redemption } from '../../contracts/redemption.js';
import type { WantedReward, WantedRewards } from '../../contracts/reward.js';
import { type Attribution, runFor } from '../../events/attribution.js';
import type { EventHub } from '../../events/event-hub.js';
import type { CommandRegistry, RegisteredCommand } from '../command-registry.js';
import type { Approvals } from './approvals.js';
import { readRunLine } from './redemption-call.js';
import { runsOf } from './redemption-events.js';
import type { RegisteredReward, RewardRegistry } from './reward-registry.js';

/** What the list is made from. */
export interface WantedListOptions {
  readonly rewards: RewardRegistry;
  readonly commands: CommandRegistry;
  readonly approvals: Approvals;
  readonly events: EventHub;
  /** Who stopped everything; undefined while nothing is stopped. */
  readonly stopped: () => StopRecord | undefined;
  readonly stateOf: (plugin: string) => PluginState | undefined;
  /** Why what failed too often may not run now. */
  readonly restOf: (attribution: Attribution) => Refusal | undefined;
  /** Calls `task` after as many milliseconds. */
  readonly after: (delay: number, task: () => void) => Undo;
}

/** After which events something may have gone away or come back. */
const telling: readonly (keyof BotEvents)[] = [
  'plugin',
  'estop',
  'command',
  'refusal',
  'fault',
  'connected',
  'disconnected',
];

type Listener = (list: readonly WantedReward[]) => void;

/** The rewards that all plugins together want, and which of them are away. */
export class WantedList implements WantedRewards, PerPlugin<WantedRewards> {
  private readonly listeners = new Set<{ readonly listener: Listener }>();
  private last: readonly WantedReward[] = [];
  private isDue = false;
  private undos: readonly Undo[] = [];
  private cancel: Undo = () => {};

  constructor(private readonly options: WantedListOptions) {}

  get list(): readonly WantedReward[] {
    return this.options.rewards.all
      .filter(({ enabled }) => enabled)
      .map((reward) => this.toWanted(reward));
  }

  get waiting(): readonly Redemption[] {
    return this.options.approvals.waiting;
  }

  approve(id: string): boolean {
    return this.options.approvals.approve(id);
  }

  onChange(listener: Listener): Undo {
    const entry = { listener };
    if (this.listeners.size === 0) this.watch();
    this.listeners.add(entry);
    return () => {
      if (this.listeners.delete(entry) && this.listeners.size === 0) this.unwatch();
    };
  }

  [forPlugin](consumer: Consumer): WantedRewards {
    const all = this;
    return {
      get list() {
        return all.list;
      },
      get waiting() {
        return all.waiting;
      },
      approve: (id) => all.approve(id),
      onChange: (listener) => {
        const undo = all.onChange((list) => consumer.run('rewards', () => listener(list)));
        consumer.onStop(undo);
        return undo;
      },
    };
  }

  /** Where nobody asks, nothing is looked at. */
  private watch(): void {
    this.last = this.list;
    const look = () => this.look();
    this.undos = [
      this.options.rewards.onChange(look),
      ...telling.map((event) => this.options.events.on(event, look)),
    ];
  }

  private unwatch(): void {
    for (const undo of this.undos) undo();
    this.cancel();
  }

  /** Looks what has gone away or come back: soon, and once for all that changes now. */
  look(): void {
    if (this.isDue || this.listeners.size === 0) return;
    this.isDue = true;
    queueMicrotask(() => {
      this.isDue = false;
      const now = this.list;
      if (isDeepStrictEqual(now, this.last)) return;
      this.last = now;
      for (const { listener } of [...this.listeners]) listener(now);
    });
  }

  private toWanted(reward: RegisteredReward): WantedReward {
    const { name, owner, title, cost, prompt, input, cooldown, approve } = reward;
    const { maxPerStream, maxPerUser, color } = reward;
    const command = this.commandOf(reward);
    const away = this.awayOf(reward, command);
    return {
      name,
      plugin: owner.id,
      title,
      cost,
      prompt,
      input,
      cooldown,
      ...(maxPerStream === undefined ? {} : { maxPerStream }),
      ...(maxPerUser === undefined ? {} : { maxPerUser }),
      ...(color === undefined ? {} : { color }),
      approve,
      onlyLive: reward.onlyLive || (command?.onlyLive ?? false),
      runs: runsOf(reward) ?? name,
      ...(away === undefined ? {} : { away }),
    };
  }

  private commandOf({ work, owner }: RegisteredReward): RegisteredCommand | undefined {
    if (!('run' in work)) return undefined;
    return readRunLine(work.run, owner.id, this.options.commands).command;
  }

  private awayOf(
    reward: RegisteredReward,
    command: RegisteredCommand | undefined,
  ): string | undefined {
    const { owner, work, where, name } = reward;
    const stopped = this.options.stopped();
    if (stopped) return `Emergency stop by ${stopped.by}.`;
    if (owner.signal.aborted) return this.describeState(owner.id);
    if ('run' in work && command === undefined) {
      return `"${readRunLine(work.run, owner.id, this.options.commands).name}" is not there now.`;
    }
    if (command?.enabled === false) return `"${command.name}" is switched off.`;
    const rest: Refusal | undefined =
      this.options.restOf({ plugin: owner.id, where, reward: name }) ??
      (command &&
        this.options.restOf({ plugin: owner.id, where: command.where, command: command.name })) ??
      (command && askAway(command));
    if (rest === undefined) return undefined;
    this.lookAgainAfter(rest.retryAfter);
    return rest.text ?? 'It fails at the moment.';
  }

  private describeState(plugin: string): string {
    const state = this.options.stateOf(plugin)?.name;
    if (state === 'restarting') return `"${plugin}" rests: it failed too often.`;
    return `"${plugin}" does not run now.`;
  }

  private lookAgainAfter(delay: number | undefined): void {
    if (delay === undefined || this.listeners.size === 0) return;
    this.cancel();
    this.cancel = this.options.after(delay, () => this.look());
  }
}

/** A plugin's own word; one that cannot give it is away. */
function askAway({ away, where, owner }: RegisteredCommand): Refusal | undefined {
  try {
    return runFor({ plugin: owner.id, where }, () => away?.());
  } catch {
    return refuse('fault');
  }
}
