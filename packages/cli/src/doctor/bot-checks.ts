import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Finding, messageOf, v } from '@pertybot/core';
import { botLockHolder } from '../bot-process/bot-lock.js';
import { askBot } from '../control/control-client.js';
import type { BotStatusReport, RewardReport } from '../control/control-protocol.js';
import { readEngagedStop } from '../status/engaged-stop.js';
import { findOutputTroubles } from '../status/show-status.js';
import { toPlainText } from '../terminal/text.js';

const subject = 'bot';

/** Whether the bot runs, sits in its channels, and has all its plugins. */
export async function checkBot(folder: string): Promise<readonly Finding[]> {
  // Without a state folder nothing has ever run here.
  const holder = await botLockHolder(folder).catch(() => undefined);
  if (holder === undefined) {
    const stop = readEngagedStop(folder);
    return [
      { level: 'info', subject, message: 'It does not run.' },
      ...(stop === undefined ? [] : [{ level: 'warning', subject, message: stop } as const]),
    ];
  }
  const message =
    holder === 'unknown'
      ? 'It runs.'
      : `It runs as process ${holder.pid} ("${toPlainText(holder.command)}").`;
  try {
    const status = await askBot(folder, { ask: 'status' });
    return [
      { level: 'ok', subject, message },
      ...status.channels.map(toChannelFinding),
      ...checkEvents(status.events),
      ...status.plugins.flatMap(toPluginFinding),
      ...checkOutputs(status.outputs),
      ...checkRewards(status.rewards),
      ...checkNodes(status.nodes),
      ...(await checkGuardian(folder, status.pid)),
    ];
  } catch (error) {
    const hint = 'Restart it if that lasts.';
    return [{ level: 'warning', subject, message: `${message} ${messageOf(error)}`, hint }];
  }
}

function checkOutputs(outputs: BotStatusReport['outputs']): readonly Finding[] {
  const { faults, unguarded } = findOutputTroubles(outputs);
  const off = 'Unplug what hangs at it, and look at "dmesg" for the reason.';
  const guardian = 'See why: pertybot logs. It is tried again by itself.';
  return [
    ...faults.map((message): Finding => ({ level: 'error', subject, message, hint: off })),
    ...(unguarded === undefined
      ? []
      : [{ level: 'error', subject, message: unguarded, hint: guardian } as const]),
  ];
}

/** What viewers cannot redeem though it is wanted, each reason once; what is paused for a while is no fault. */
function checkRewards(rewards: RewardReport): readonly Finding[] {
  const missing = rewards.filter(({ state }) => state === 'missing');
  const hints = new Map(missing.map(({ why = 'A reward is missing.', hint }) => [why, hint]));
  return [...hints].map(([message, hint]) => {
    return { level: 'warning', subject: 'rewards', message, ...(hint && { hint }) };
  });
}

/** How each machine with gadgets does. */
export function checkNodes(nodes: BotStatusReport['nodes'] = []): readonly Finding[] {
  return nodes.map(({ name, state, problem, hint, gadgets, roundTrip }): Finding => {
    const subject = 'nodes';
    if (state !== 'here') {
      const message = toPlainText(problem ?? `"${name}" is ${state}.`);
      const cure = toPlainText(hint ?? `Look there: pertybot status, on "${name}".`);
      return { level: 'error', subject, message, hint: cure };
    }
    const count = gadgets.length === 1 ? 'one gadget' : `${gadgets.length} gadgets`;
    const time = roundTrip === undefined ? '' : `, and answers in ${Math.ceil(roundTrip)} ms`;
    return { level: 'ok', subject, message: `"${name}" is there with ${count}${time}.` };
  });
}

function toChannelFinding({ channel, joined }: BotStatusReport['channels'][number]): Finding {
  if (joined) return { level: 'ok', subject, message: `It sits in #${channel}.` };
  const hint = 'Check the name of the channel, and whether the bot is banned there.';
  return { level: 'warning', subject, message: `It is not in #${channel}.`, hint };
}

/** Connected but deaf is not well: each kind of event that does not come is named. */
export function checkEvents(events: BotStatusReport['events']): readonly Finding[] {
  const { subscriptions = [] } = events ?? {};
  const on = subscriptions.filter((each) => each.on).length;
  const message = `${on === 1 ? 'One kind of event comes' : `${on} kinds of events come`} from EventSub.`;
  return [
    ...(on === 0 ? [] : [{ level: 'ok', subject: 'events', message } as const]),
    ...subscriptions.flatMap(({ on, event, channel, problem, hint }): readonly Finding[] => {
      if (on) return [];
      const why = problem ?? 'It is being asked for.';
      const text = toPlainText(`"${event}" of #${channel} does not come: ${why}`);
      const cure = hint === undefined ? {} : { hint: toPlainText(hint) };
      return [{ level: 'warning', subject: 'events', message: text, ...cure }];
    }),
  ];
}

function toPluginFinding({
  id,
  state,
  detail = state,
}: BotStatusReport['plugins'][number]): readonly Finding[] {
  if (state === 'failed') {
    const hint = `See why: pertybot logs. Once that is mended: pertybot plugins restart ${id}`;
    return [{ level: 'error', subject, message: `The plugin "${id}" failed: ${detail}`, hint }];
  }
  if (state !== 'waiting') return [];
  const hint = detail.includes('login') ? 'Run: pertybot login' : 'Mend what it waits for.';
  return [{ level: 'warning', subject, message: `The plugin "${id}" waits: ${detail}.`, hint }];
}

const pinList = v.object({ guardian: v.object({ pid: v.number() }) });

/** What {@link checkGuardian} reads. */
export type ReadFile = (path: string) => Promise<string>;

/**
 * Whether what kills a service with all its processes would kill the guardian of its outputs, too.
 * @param pid of the bot
 */
export async function checkGuardian(
  folder: string,
  pid: number,
  read: ReadFile = (path) => readFile(path, 'utf8'),
): Promise<readonly Finding[]> {
  const subject = 'guardian';
  try {
    const { guardian } = v.parse(
      pinList,
      JSON.parse(await read(join(folder, '.pertybot', 'pins.json'))),
    );
    const [own, its] = await Promise.all(
      [pid, guardian.pid].map(async (each) => (await read(`/proc/${each}/cgroup`)).trim()),
    );
    if (own !== its) {
      const message = 'The guardian of the outputs has a control group of its own.';
      return [{ level: 'ok', subject, message }];
    }
    // A bot that was started by hand shares the group of its terminal.
    if (own === undefined || !/\.service$/m.test(own)) return [];
    const message =
      'The guardian of the outputs is in the control group of the bot: what kills all of it kills both.';
    const hint = 'Run: sudo loginctl enable-linger "$USER", then restart the service.';
    return [{ level: 'warning', subject, message, hint }];
  } catch {
    // Without outputs there is no guardian, and without Linux no control group.
    return [];
  }
}
