import { uptime } from 'node:os';
import { Chat, isRefusal, messageOf, runFor } from '@pertybot/core';
import type { Bot, PluginState } from '@pertybot/core/host';
import { findService } from '../bot-process/find-service.js';
import { isBeside } from '../page/page-plugin.js';
import type {
  BotStatusReport,
  ControlOutcome,
  ControlRequest,
  ReactionReport,
  RefusalReport,
  RewardReport,
} from './control-protocol.js';
import type { ControlHandler } from './control-server.js';
import { toGadgetReport, toNodeReport, toOutputReport, toRefusalReport } from './to-reports.js';

/** Stops everything, or lets it go on. */
export type StopRequest = Extract<ControlRequest, { ask: 'estop' }>;

/** Answers the requests of other terminals for a running bot. */
export class BotControl {
  private readonly since = new Date().toISOString();

  /** @param command what runs, such as `pertybot start` */
  constructor(
    private readonly bot: Bot,
    private readonly command: string,
  ) {}

  readonly handle: ControlHandler = (request) =>
    runFor({ plugin: '', where: 'terminal' }, () => this.answer(request));

  private async answer(request: ControlRequest): Promise<unknown> {
    switch (request.ask) {
      case 'status':
        return this.status();
      case 'say':
        return this.say(request.text);
      case 'estop':
        return this.stopAll(request);
      case 'gadget':
        return this.drive(request.name, request.action);
      case 'restart':
        return this.restart(request.plugin);
      case 'refusals':
        return this.refusals();
      case 'rewards':
        return this.rewards();
      case 'reactions':
        return this.reactions();
    }
  }

  /** How the bot does, as `pertybot status --json` tells. */
  status(): BotStatusReport {
    const { bot } = this;
    const gpio = findService(bot, 'Gpio');
    const nodes = findService(bot, 'RemoteNodes');
    const estop = bot.emergencyStop.engaged?.by;
    return {
      pid: process.pid,
      command: this.command,
      since: this.since,
      state: bot.state,
      channels: this.channels(),
      ...this.unsaid(),
      ...this.events(),
      plugins: this.plugins.map(({ id, use, about, version, state, commands }) => ({
        id,
        use,
        about,
        ...(version !== undefined && { version }),
        state: state.name,
        ...detailOf(state),
        commands: commands.map(({ name }) => `${bot.prefix}${name}`),
      })),
      ...(gpio && { driver: gpio.driver }),
      gadgets: bot.gadgets.list.map(toGadgetReport),
      outputs: bot.gadgets.outputs.map(toOutputReport),
      ...(nodes && { nodes: nodes.list.map(toNodeReport) }),
      rewards: this.rewards(),
      inputs: (gpio?.inputs ?? []).map(({ gadget, pin, pressed, level }) => {
        return { gadget, pin, pressed, level };
      }),
      prefix: bot.prefix,
      ...(estop !== undefined && { estop }),
    };
  }

  private channels(): BotStatusReport['channels'] {
    const health = findService(this.bot, 'irc.ChatHealth');
    if (health) return health.channels.map((channel) => ({ ...channel }));
    const { channels = [] } = this.bot.find(Chat) ?? {};
    return channels.map((channel) => ({ channel, joined: true }));
  }

  private rewards(): RewardReport {
    const rewards = findService(this.bot, 'ChannelRewards');
    return (rewards?.list ?? []).map((reward) => {
      return { ...reward, underWay: [...(reward.underWay ?? [])] };
    });
  }

  private unsaid(): Pick<BotStatusReport, 'unsaid'> {
    const { droppedTexts: count = 0, lastDrop: latest } =
      findService(this.bot, 'irc.ChatHealth') ?? {};
    return latest === undefined ? {} : { unsaid: { count, latest } };
  }

  private events(): Pick<BotStatusReport, 'events'> {
    const health = findService(this.bot, 'eventsub.Health');
    if (health === undefined || health.state === 'idle') return {};
    const { state, subscriptions, lastGap } = health;
    const gap = lastGap && {
      endedAt: new Date(lastGap.endedAt).toISOString(),
      seconds: Math.max(1, Math.round(lastGap.duration / 1_000)),
    };
    return { events: { state, subscriptions: [...subscriptions], ...(gap && { gap }) } };
  }

  async say(text: string): Promise<ControlOutcome> {
    const chat = this.bot.find(Chat);
    if (chat === undefined) return { done: false, text: 'The bot is not in chat.' };
    const delivery = await chat.say(text);
    return delivery.status === 'written'
      ? { done: true, text: 'Said.' }
      : { done: false, text: `Not said: ${delivery.reason}.` };
  }

  async stopAll(request: StopRequest): Promise<ControlOutcome> {
    const { emergencyStop: stop } = this.bot;
    if (request.engage) {
      stop.engage(request.by ?? 'pertybot estop');
      if (!stop.hasOutputs) return { done: false, text: 'The bot drives no pins.' };
      const left = (findService(this.bot, 'Gpio')?.outputs ?? []).filter(({ on }) => on);
      const names = left.map(({ gadget, pin }) => `"${gadget}" (${pin})`).join(', ');
      if (names !== '') return { done: false, text: `The bot could not switch ${names} off.` };
      return { done: true, text: 'Every output is off, until you release it.' };
    }
    if (uptime() > request.until) {
      return { done: false, text: 'Not released: it was asked for too long ago.' };
    }
    stop.release();
    return { done: true, text: 'Released. Nothing goes on by itself.' };
  }

  async drive(name: string, action: string): Promise<ControlOutcome> {
    const { gadgets } = this.bot;
    const gadget = gadgets.find(name);
    if (gadget === undefined) {
      const names = gadgets.list.map((each) => each.name).join(', ');
      const known = names === '' ? 'The bot has none.' : `Known gadgets: ${names}.`;
      return { done: false, text: `There is no gadget "${name}". ${known}` };
    }
    const result = await gadget.perform(action);
    if (isRefusal(result))
      return { done: false, text: result.text ?? `Refused: ${result.reason}.` };
    return { done: true, text: result.text };
  }

  async restart(id: string): Promise<ControlOutcome> {
    const { bot } = this;
    const stateOf = () => bot.plugins.find((plugin) => plugin.id === id)?.state;
    if (stateOf() === undefined) {
      const ids = this.plugins.map((plugin) => plugin.id).join(', ');
      return { done: false, text: `The bot has no plugin "${id}". It has ${ids}.` };
    }
    if (stateOf()?.name === 'disabled') {
      return { done: false, text: `The plugin "${id}" is switched off in plugins.yaml.` };
    }
    await bot.restart(id);
    const state = stateOf();
    if (state?.name === 'failed') {
      return { done: false, text: `The plugin "${id}" failed: ${messageOf(state.error)}` };
    }
    const waits = state?.name === 'waiting' ? ` It waits: ${state.reason}.` : '';
    return { done: true, text: `Restarted ${id}, and what needs it.${waits}` };
  }

  /** Those of plugins.yaml. */
  private get plugins() {
    return this.bot.plugins.filter(({ id }) => !isBeside(this.bot, id));
  }

  private reactions(): ReactionReport {
    return this.bot.reactions.map(({ time, user, ...reaction }) => ({
      time: new Date(time).toISOString(),
      ...(user && { user: user.login }),
      ...reaction,
    }));
  }

  private refusals(): RefusalReport {
    return [...this.bot.refusals, ...this.bot.redemptions]
      .sort((one, other) => one.time - other.time)
      .map(toRefusalReport);
  }
}

function detailOf(state: PluginState): { detail?: string } {
  if (state.name === 'waiting') return { detail: state.reason };
  return state.name === 'failed' ? { detail: messageOf(state.error) } : {};
}
