import type { BotStatusReport } from '../control/control-protocol.js';
import type { Style } from '../terminal/style.js';

/** What EventSub brings, and a line for all that it does not. */
export function formatEvents(events: BotStatusReport['events'], style: Style): readonly string[] {
  if (events === undefined) return [];
  const { subscriptions, gap } = events;
  const names = (on: boolean) => [
    ...new Set(subscriptions.filter((each) => each.on === on).map(({ event }) => event)),
  ];
  const coming = names(true).map((name) => style.green(name));
  const lost =
    gap === undefined ? [] : [style.yellow(`${gap.seconds} s were lost until ${gap.endedAt}`)];
  const lines = [coming.join(', ') || style.red('none comes'), ...missing(events, style), ...lost];
  return lines.map((line, index) => `${index === 0 ? 'Events   ' : '         '}${line}`);
}

/** Many may lack the same: it is told once for all of them. */
function missing(
  { subscriptions }: NonNullable<BotStatusReport['events']>,
  style: Style,
): readonly string[] {
  const reasons = new Map<string, string[]>();
  for (const {
    on,
    channel,
    event,
    problem = 'It is being asked for.',
    hint = '',
  } of subscriptions) {
    if (on) continue;
    const key = `${problem} ${hint}`.trim();
    reasons.set(key, [...(reasons.get(key) ?? []), `${event} of #${channel}`]);
  }
  return [...reasons].map(([reason, which]) => style.red(`not ${which.join(', ')}: ${reason}`));
}
