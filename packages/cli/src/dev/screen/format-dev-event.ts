import type { Role } from '@pertybot/core';
import { clockTime } from '../../terminal/pretty-log.js';
import type { Style } from '../../terminal/style.js';
import { toPlainLines, toPlainText, withPlainTexts } from '../../terminal/text.js';
import { refusalInWords } from '../../why/list-refusals.js';
import type {
  DevEvent,
  DevOutput,
  FaultEvent,
  MessageEvent,
  PluginEvent,
  ReadyEvent,
  RefusalEvent,
} from '../dev-event.js';
import { formatChannelEvent } from './told-sentence.js';

const badges: Readonly<Partial<Record<Role, string>>> = {
  broadcaster: 'broadcaster',
  moderator: 'mod',
  vip: 'vip',
  subscriber: 'sub',
};

/**
 * An event as people read it, on one line or more.
 * @returns undefined for what is not worth a line
 */
export function formatDevEvent(event: DevEvent, at: Date, style: Style): string | undefined {
  // The lines of a fault stay below each other; it sees to its own.
  const isFault = event.type === 'fault' || (event.type === 'plugin' && event.state === 'failed');
  const text = formatText(isFault ? event : withPlainTexts(event), style);
  return text === undefined ? undefined : `${style.dim(clockTime(at.toISOString()))}  ${text}`;
}

function formatText(event: DevEvent, style: Style): string | undefined {
  switch (event.type) {
    case 'ready':
      return formatReady(event, style);
    case 'message':
      return formatMessage(event, style);
    case 'reply':
      return `${style.green('‹bot›')} ${toPlainText(event.text)}`;
    case 'refusal':
      return formatRefusal(event, style);
    case 'pin':
      return formatPin(event, style);
    case 'plugin':
      return formatPlugin(event, style);
    case 'fault':
      return formatFault(event, style);
    case 'stopped':
      return style.dim('Stopped; every pin is off.');
    default:
      return formatChannelEvent(event, style);
  }
}

function formatPin({ gadget, pin, on, level: value, dryRun }: DevOutput, style: Style): string {
  const place = `${pin} ${dryRun ? 'would be' : 'is'} ${level(value)}${dryRun ? ', in dry-run' : ''}`;
  return on
    ? style.yellow(`◉ ${gadget} on`) + style.dim(`  ${place}`)
    : style.dim(`○ ${gadget} off  ${place}`);
}

function level(value: 0 | 1): string {
  return value === 1 ? 'high' : 'low';
}

function formatReady(event: ReadyEvent, style: Style): string {
  const channels = event.channels.map((name) => `#${name}`).join(', ') || 'no channel';
  const ready = `${style.bold(style.green('Ready'))}  ${event.bot} in ${channels}`;
  const others = event.plugins.filter(({ state }) => state !== 'running' && state !== 'disabled');
  const running = event.plugins.filter(({ state }) => state === 'running').length;
  if (others.length === 0) return `${ready}, ${countPlugins(running)}`;
  const states = others.map(({ id, state }) => `${id} is ${state}`).join(', ');
  return `${ready}, but ${style.red(states)}`;
}

function countPlugins(count: number): string {
  return count === 1 ? '1 plugin' : `${count} plugins`;
}

function formatMessage(event: MessageEvent, style: Style): string {
  const badge = event.roles.map((role) => badges[role]).findLast((name) => name !== undefined);
  const name = toPlainText(event.displayName) || event.user;
  const by =
    badge === undefined ? style.cyan(name) : `${style.cyan(name)}${style.dim(`[${badge}]`)}`;
  return `${by} ${toPlainText(event.text)}`;
}

function formatRefusal(event: RefusalEvent, style: Style): string {
  const why = toPlainText(refusalInWords(event));
  const { redemption, command, user } = event;
  if (redemption)
    return style.magenta(`✗ ${user} redeemed ${toPlainText(redemption.title)} ${why}`);
  return style.magenta(`✗ ${toPlainText(command)} by ${user} ${why}`);
}

function formatPlugin(event: PluginEvent, style: Style): string | undefined {
  switch (event.state) {
    case 'failed': {
      const message = `${event.plugin} failed: ${event.error ?? 'for an unknown reason'}`;
      return formatFault({ ...event, message }, style);
    }
    case 'waiting':
      // At the start nearly every plugin waits for another one; that is not worth a line.
      if (event.reason?.startsWith('needs ')) return undefined;
      return style.yellow(
        `… ${event.plugin} waits (${toPlainText(event.reason ?? 'for something')})`,
      );
    case 'restarting':
      return style.yellow(`… ${event.plugin} is being restarted`);
    default:
      return undefined;
  }
}

function formatFault({ message, place, hint }: Omit<FaultEvent, 'type'>, style: Style): string {
  const where = place === undefined ? '' : `\n  at ${toPlainText(place)}`;
  const cure = hint === undefined ? '' : `\n  ${style.cyan('Hint:')} ${toPlainLines(hint)}`;
  return `${style.red(`✗ ${toPlainLines(message)}`)}${where}${cure}`;
}
