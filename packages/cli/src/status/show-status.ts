import { formatDuration, isPertyError } from '@pertybot/core';
import { askBot } from '../control/control-client.js';
import type { BotStatusReport, RewardReport } from '../control/control-protocol.js';
import {
  type AccountReport,
  formatLogin,
  type LoginReport,
  readLoginReports,
} from '../login/login-report.js';
import { formatBoard } from '../terminal/board-line.js';
import { type Style, styleFor } from '../terminal/style.js';
import { withPlainTexts } from '../terminal/text.js';
import { readEngagedStop } from './engaged-stop.js';
import { formatEvents } from './format-events.js';

/** How the login of a broadcaster stands. */
export type BroadcasterReport = LoginReport & { readonly channel: string | undefined };

/** What `pertybot status` found. */
export interface StatusReport {
  /** The running bot; null when none runs. */
  readonly bot: BotStatusReport | null;
  /** A sentence about the emergency stop with which the next bot would start; absent while one runs. */
  readonly estop?: string;
  /** The login at Twitch; absent for a bot that needs none, or that is only simulated. */
  readonly login?: LoginReport | undefined;
  /** Logins of broadcasters; one without a channel is of a broadcaster who is not known yet. */
  readonly broadcasters?: readonly BroadcasterReport[];
}

/** Asks the running bot, and Twitch. */
export async function readStatus(folder: string): Promise<StatusReport> {
  const bot = await askBot(folder, { ask: 'status' }).catch((error: unknown) => {
    if (isPertyError(error) && error.code === 'CLI_BOT_NOT_RUNNING') return null;
    throw error;
  });
  if (bot?.command === 'pertybot dev') return { bot };
  const reports = await readLoginReports(folder);
  const broadcasters = reports.flatMap(({ account, report }) =>
    account.account === 'bot' ? [] : [{ ...report, channel: account.channel }],
  );
  const login = reports.find(({ account }) => account.account === 'bot')?.report;
  const estop = bot === null ? readEngagedStop(folder) : undefined;
  return { bot, ...(estop && { estop }), login, ...(broadcasters.length > 0 && { broadcasters }) };
}

/** The status for people. */
export function formatStatus(report: StatusReport, style: Style, now: Date): string {
  const status = withPlainTexts(report);
  const { bot } = status;
  const lines = bot === null ? ['No bot runs.'] : formatBot(bot, style, now);
  const stop = status.estop === undefined ? [] : [style.red(status.estop)];
  return [...lines, ...stop, ...formatLogins(status, style)].join('\n');
}

function formatLogins({ bot, login, broadcasters = [] }: StatusReport, style: Style): string[] {
  const reports: readonly AccountReport[] = [
    ...(login === undefined ? [] : [{ account: { account: 'bot' } as const, report: login }]),
    ...broadcasters.map(({ channel, ...report }) => ({
      account: { account: 'broadcaster', channel } as const,
      report,
    })),
  ];
  const lines = reports.flatMap((each) => {
    const { account } = each;
    const isBot = account.account === 'bot';
    const waitsFor = isBot ? 'login' : `login (broadcaster ${account.channel})`;
    const [first = '', ...others] = formatLogin(each, style, standingOf(bot, waitsFor));
    if (isBot) return [first, ...others];
    return [`broadcaster${account.channel ? ` ${account.channel}` : ''}: ${first}`, ...others];
  });
  return lines.map((line, index) => `${index === 0 ? 'Login    ' : '         '}${line}`);
}

/** Whether a running bot waits until somebody logs in. @param reason as it stands at the plugin that waits */
function standingOf(
  bot: BotStatusReport | null,
  reason: string,
): { waitsForLogin: boolean } | undefined {
  if (bot === null) return undefined;
  const waits = bot.plugins.some(({ state, detail }) => state === 'waiting' && detail === reason);
  return { waitsForLogin: waits };
}

/** The status as `pertybot status` prints it. */
export function showStatus(report: StatusReport, json: boolean): string {
  return json
    ? JSON.stringify(report, undefined, 2)
    : formatStatus(report, styleFor(process.stdout), new Date());
}

function formatBot(bot: BotStatusReport, style: Style, now: Date): string[] {
  const { command, pid, since, state, channels, plugins, driver, outputs, estop, unsaid } = bot;
  const age = formatDuration(Math.max(1_000, now.getTime() - Date.parse(since)));
  const rooms = channels.map(({ channel, joined, problem }) => {
    if (joined) return style.green(`#${channel}`);
    const why = problem === undefined ? '' : `: ${problem.replace(/\.$/, '')}`;
    return style.red(`#${channel} (not joined${why})`);
  });
  const { faults, unguarded } = findOutputTroubles(outputs);
  return [
    `${command} is ${style.bold(state)}, process ${pid}, for ${age}`,
    ...(estop === undefined ? [] : [style.red(`Emergency stop by ${estop}: every output is off.`)]),
    ...faults.map((fault) => style.red(fault)),
    ...(unguarded === undefined ? [] : [style.red(unguarded)]),
    `Chat     ${rooms.join(', ') || 'no channel'}`,
    ...(unsaid === undefined ? [] : [`         ${style.yellow(describeUnsaid(unsaid))}`]),
    ...formatEvents(bot.events, style),
    `Plugins  ${plugins.map((plugin) => formatPlugin(plugin, style)).join(', ')}`,
    ...(driver === undefined ? [] : [`Pins     driven by ${driver}`]),
    ...formatNodes(bot.nodes, style),
    ...formatBoard(outputs, style, 100).map((line) => `         ${line}`),
    ...formatRewardLines(bot.rewards, style),
  ];
}

/** One line for the machines that are here, and one for each that is not. */
function formatNodes(nodes: BotStatusReport['nodes'] = [], style: Style): readonly string[] {
  const here = nodes.filter(({ state }) => state === 'here');
  const names = here.map(({ name, roundTrip, stop }) => {
    const time = roundTrip === undefined ? '' : ` (${Math.max(1, Math.round(roundTrip))} ms)`;
    return stop === undefined ? style.green(`${name}${time}`) : style.red(`${name} (${stop})`);
  });
  const others = nodes.filter(({ state }) => state !== 'here');
  const lines = others.map(({ name, state, problem = state }) =>
    style.red(`${name} (${problem.replace(/\.$/, '')})`),
  );
  const all = names.length === 0 ? lines : [names.join(', '), ...lines];
  return all.map((line, index) => `${index === 0 ? 'Nodes    ' : '         '}${line}`);
}

/** One line for those that are open, one for each that is not, and those for what viewers wait for. */
function formatRewardLines(rewards: RewardReport, style: Style): readonly string[] {
  const open = rewards.filter(({ state }) => state === 'open');
  const titles = open.map(({ title }) => style.green(title)).join(', ');
  const others = rewards.filter(({ state }) => state !== 'open');
  const lines = others.map(({ title, state, why = state }) => {
    const text = `${title} (${why.replace(/\.$/, '')})`;
    return state === 'missing' ? style.red(text) : style.yellow(text);
  });
  const all = [...(titles === '' ? [] : [titles]), ...lines, ...openRedemptions(rewards, style)];
  return all.map((line, index) => `${index === 0 ? 'Rewards  ' : '         '}${line}`);
}

/** Redemptions that are neither done nor given back, by reward. */
function openRedemptions(rewards: RewardReport, style: Style): readonly string[] {
  return rewards.flatMap(({ title, redemptions, underWay = [] }) => {
    if (redemptions === 0) return [];
    const names = underWay.map(({ user, awaitsApproval }) => {
      return `${user}${awaitsApproval ? ' (waits for a moderator)' : ''}`;
    });
    const more = redemptions - names.length;
    const who = [...names, ...(more > 0 ? [`${more} more`] : [])].join(', ');
    return [style.yellow(`${redemptions} open of ${title}: ${who}`)];
  });
}

function formatPlugin(
  { id, state, detail }: BotStatusReport['plugins'][number],
  style: Style,
): string {
  if (state === 'running') return style.green(id);
  if (state === 'disabled') return style.dim(`${id} (disabled)`);
  const why = detail === undefined ? state : `${state}: ${detail}`;
  return style.red(`${id} (${why})`);
}

function describeUnsaid({ count, latest }: NonNullable<BotStatusReport['unsaid']>): string {
  const texts = count === 1 ? '1 text was not said' : `${count} texts were not said, the last one`;
  return `${texts}: ${latest}`;
}

/** What is wrong with the outputs of a running bot. */
export interface OutputTroubles {
  /** A sentence about each output that may be on though it should be off. */
  readonly faults: readonly string[];
  /** A sentence about those that have no guardian. */
  readonly unguarded: string | undefined;
}

/** Looks for outputs that may be on against the bot's will, and for those that cannot go on. */
export function findOutputTroubles(outputs: BotStatusReport['outputs']): OutputTroubles {
  const faults = outputs.flatMap(({ gadget, pin, fault }) =>
    fault === undefined ? [] : [`"${gadget}" (${pin}) may be on, and is tried again: ${fault}`],
  );
  const names = outputs.filter(({ unguarded }) => unguarded).map(({ gadget }) => `"${gadget}"`);
  const unguarded =
    names.length === 0
      ? undefined
      : `No guardian watches over ${[...new Set(names)].join(', ')}: not switched on until one does.`;
  return { faults, unguarded };
}
