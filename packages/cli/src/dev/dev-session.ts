import { setTimeout as wait } from 'node:timers/promises';
import { type AsyncUndo, Chat, type Role as ChatRole, type CommandInfo } from '@pertybot/core';
import type { WatchOptions } from '@pertybot/core/host';
import { Gadgets, Gpio } from '@pertybot/plugin-gpio';
import { isBeside } from '../bot-process/find-service.js';
import { type ReloadNews, reloadNews, watchEdits } from '../bot-process/reload-news.js';
import { BotControl } from '../control/bot-control.js';
import { ControlServer } from '../control/control-server.js';
import { keepNotes } from '../notes/note-files.js';
import type { DevOutput, ReadyEvent } from './dev-event.js';
import type { ChatLine } from './lines/chat-line.js';
import type { Happened, Heard } from './lines/take-line.js';
import { type ChatHappening, isOfChat, type TwitchEvent } from './lines/twitch-event.js';
import { ChannelPlayer, noRewards } from './players/channel-player.js';
import { outputsOf, pressButton } from './players/dev-board.js';
import { EventPlayer } from './players/event-player.js';
import { RedeemedRewards } from './players/redeemed-rewards.js';
import { assembleSession, type DevSessionOptions, type SessionParts } from './session-parts.js';
import { SessionRehearsal } from './session-rehearsal.js';
import { Arrival, HandledMessages, HeardEvents } from './underway.js';

/** How long a line may take to be handled, milliseconds. */
const handlingLimit = 10_000;

/** How long the bot may take into its channels, milliseconds. */
const arrivalLimit = 15_000;

/** How long what viewers redeemed may take until it is decided, milliseconds. */
const decisionLimit = 30_000;

/** How long the last replies may take from the bot to the simulated Twitch, milliseconds. */
const replyLimit = 300;

/** A bot that runs against a simulated Twitch and a simulated board. */
export class DevSession {
  private readonly handled: HandledMessages;
  private readonly heard: HeardEvents;
  private readonly redeemed: RedeemedRewards;
  private readonly arrival: Arrival;
  private readonly player: EventPlayer;
  private readonly channelPlayer: ChannelPlayer;
  private stopped: Promise<void> | undefined;
  private control: ControlServer | undefined;
  private news: WatchOptions | undefined;
  private unwatch: AsyncUndo = () => {};
  private stopNoting: AsyncUndo = () => {};

  private constructor(private readonly parts: SessionParts) {
    this.handled = new HandledMessages(parts.bot);
    this.heard = new HeardEvents(parts.bot);
    this.arrival = new Arrival(parts.bot, parts.twitch);
    this.redeemed = new RedeemedRewards(parts.bot);
    this.player = new EventPlayer(parts.twitch.chat);
    this.channelPlayer = new ChannelPlayer(parts.twitch);
  }

  /**
   * Starts the simulated Twitch and loads the bot; {@link start} starts that.
   * @throws ConfigError when plugins.yaml has faults
   */
  static async load(options: DevSessionOptions): Promise<DevSession> {
    return new DevSession(await assembleSession(options));
  }

  /** Whether its owner wants the bot to be watched for standing still. */
  get isWatched(): boolean {
    return this.parts.bot.isWatched;
  }

  /** Starts the bot. @returns what is known once it is ready and sits in its channel */
  async start(): Promise<ReadyEvent> {
    const { bot, options } = this.parts;
    const { stateFolder, logger } = options;
    const requests = new BotControl(bot, 'pertybot dev');
    this.control = await ControlServer.start(stateFolder, logger, requests.handle);
    const rehearsal = new SessionRehearsal(this);
    const onReload: WatchOptions['onReload'] = (result) => this.news?.onReload(result);
    options.desk?.serve({ bot, requests, rehearsal, onReload });
    await bot.start();
    this.stopNoting = keepNotes(bot, logger);
    // A login that is done by itself is a matter of milliseconds; one by hand is not waited for.
    if (this.parts.options.browser === undefined) await this.arrive();
    return {
      type: 'ready',
      bot: this.parts.account,
      channels: this.channels,
      plugins: this.parts.bot.plugins
        .filter(({ id }) => !isBeside(this.parts.bot, id))
        .map(({ id, state }) => ({ id, state: state.name })),
      commands: this.commands.map(({ name }) => name),
      outputs: this.outputs,
    };
  }

  /** A link to the page that lets its bearer in once; undefined where there is none. */
  async pageLink(): Promise<string | undefined> {
    if (this.parts.options.desk === undefined) return undefined;
    const { Pages } = await import('@pertybot/plugin-dashboard');
    return this.parts.bot.find(Pages)?.link();
  }

  /** Reloads what changes in plugins.yaml, .env and local plugins from now on. */
  async watch(onReload: (news: ReloadNews) => void): Promise<void> {
    this.news = reloadNews(onReload);
    this.unwatch = await watchEdits(this.parts.bot, this.news, onReload);
  }

  /** Says a line in the first channel of the bot, and waits until the bot has handled it. */
  async say(line: ChatLine): Promise<Heard> {
    const channel = this.channelHeard;
    if (channel === undefined) return 'nobody';
    const roles = line.roles.filter(isBadge);
    const as = { login: line.login ?? channel, roles };
    const { id } = this.parts.twitch.chat.say({ channel, as, text: line.text });
    this.player.noteLine(as.login, id);
    return this.settle(this.handled.wait(id, handlingLimit));
  }

  /** Lets something happen in the first channel of the bot, and waits until the bot has heard of it. */
  async happen(event: TwitchEvent): Promise<Happened> {
    const channel = this.channelHeard;
    if (channel === undefined) return 'nobody';
    if (isOfChat(event) && !(event.kind === 'redeem' && this.channelPlayer.hasRewards(channel))) {
      return this.happenInChat(channel, event);
    }
    const echo =
      event.kind === 'redeem'
        ? this.channelPlayer.redeem(channel, event)
        : this.channelPlayer.play(channel, event);
    if (echo === 'later') return 'handled';
    if ('fault' in echo || 'deafTo' in echo) return echo;
    return this.settle(
      'type' in echo
        ? this.heard.wait(echo.type, 1, handlingLimit)
        : this.redeemed.wait(echo.redemptionId, handlingLimit),
    );
  }

  /**
   * Presses a button of the board for a moment.
   * @returns whether there is one of that name
   */
  press(name: string): Promise<boolean> {
    return pressButton(this.parts.bot, name);
  }

  /** Resolves when nothing runs or is undecided and what was said has arrived; what stays on is no work. */
  async idle(): Promise<void> {
    const { bot } = this.parts;
    await bot.idle();
    await Promise.all((bot.find(Gadgets)?.list ?? []).map((gadget) => gadget.idle()));
    await this.redeemed.idle(decisionLimit);
    await this.parts.replies.wait(replyLimit);
  }

  /** Stops the bot, which takes every pin to its safe level, then the simulated Twitch. */
  stop(): Promise<void> {
    this.stopped ??= this.end();
    return this.stopped;
  }

  /** Whom the owner is in chat. */
  get speaker(): string {
    return this.channels[0] ?? 'nobody';
  }

  /** What chat commands begin with. */
  get prefix(): string {
    return this.parts.bot.prefix;
  }

  /** Names of the buttons that {@link press} presses. */
  get buttons(): readonly string[] {
    return (this.parts.bot.find(Gpio)?.inputs ?? []).map(({ gadget }) => gadget);
  }

  /** Whether a plugin has failed, and does not run. */
  get hasFailed(): boolean {
    return this.parts.bot.plugins.some(({ state }) => state.name === 'failed');
  }

  get channels(): readonly string[] {
    return this.parts.bot.find(Chat)?.channels ?? [];
  }

  get commands(): readonly CommandInfo[] {
    return this.parts.bot.commands;
  }

  get outputs(): readonly DevOutput[] {
    return outputsOf(this.parts.bot);
  }

  private async happenInChat(channel: string, event: ChatHappening): Promise<Happened> {
    if (event.kind === 'redeem' && event.text === '') return noRewards;
    const echo = this.player.play(channel, event);
    if (echo === undefined) return 'nothing';
    return this.settle(
      'messageId' in echo
        ? this.handled.wait(echo.messageId, handlingLimit)
        : this.heard.wait(echo.type, echo.count, handlingLimit),
    );
  }

  /** The first channel of the bot, if the bot is in it. */
  private get channelHeard(): string | undefined {
    const channel = this.channels[0];
    const { twitch, account } = this.parts;
    return channel !== undefined && twitch.chat.joined(channel, account) ? channel : undefined;
  }

  /** Waits until the bot has heard, and what it answers at once has arrived. */
  private async settle(heard: Promise<boolean>): Promise<Heard> {
    const inTime = await heard;
    await this.parts.replies.wait(replyLimit);
    return inTime ? 'handled' : 'late';
  }

  /** Waits until no plugin waits any more, and the bot sits in its channels. */
  private async arrive(): Promise<void> {
    const end = performance.now() + arrivalLimit;
    while (!this.hasArrived && performance.now() < end) await wait(10);
  }

  private get hasArrived(): boolean {
    const states = this.parts.bot.plugins.map(({ state }) => state.name);
    // What needs a plugin that failed waits for ever.
    if (states.includes('failed')) return true;
    const joined = this.channels.every((name) =>
      this.parts.twitch.chat.joined(name, this.parts.account),
    );
    const waits = states.some((name) => name === 'waiting' || name === 'starting');
    return joined && !waits && this.arrival.hears(this.channels);
  }

  private async end(): Promise<void> {
    this.parts.ending.abort();
    await this.unwatch();
    await this.control?.stop();
    await this.stopNoting();
    await this.parts.bot.stop();
    for (const undo of this.parts.undo) undo();
    await this.parts.twitch.stop();
  }
}

function isBadge(role: ChatRole): role is Exclude<ChatRole, 'everyone'> {
  return role !== 'everyone';
}
