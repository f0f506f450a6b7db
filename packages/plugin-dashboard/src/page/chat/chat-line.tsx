import type { Fed } from '../../shared/feed.js';
import { ClockTime } from '../parts/clock-time.js';
import { Who } from '../parts/who.js';
import { memo } from './memo.js';

const shown = ['message', 'reply', 'event', 'refusal', 'estop'];

/** Whether chat shows it. */
export function isChatLine({ type }: Fed): boolean {
  return shown.includes(type);
}

/** A line of chat, or something that happened. An event never changes, so it is drawn once. */
export const ChatLine = memo(({ line }: { readonly line: Fed }) => (
  <li class={`line line-${line.type}`}>
    <ClockTime at={line.at} /> <Words line={line} />
  </li>
));

function Words({ line }: { readonly line: Fed }) {
  switch (line.type) {
    case 'message':
      return (
        <>
          {line.replyTo && (
            <span class="line-parent">
              ↩ <bdi>{line.replyTo.name}</bdi>: <bdi>{line.replyTo.text}</bdi>
            </span>
          )}
          <Who user={line.user} />
          {line.action ? ' ' : ': '}
          {line.bits > 0 && <span class="bits">{line.bits} bits </span>}
          <bdi class={line.action ? 'line-action' : ''}>{line.text}</bdi>
        </>
      );
    case 'reply':
      return (
        <>
          <span class="who bot">bot</span>: <bdi>{line.text}</bdi>
          {line.dropped && <span class="said-no"> not said: {line.dropped}</span>}
        </>
      );
    case 'refusal':
      return (
        <span>
          <bdi>{line.command}</bdi> by <Who user={line.user} /> did not run:{' '}
          <bdi>{line.text ?? line.reason}</bdi>
        </span>
      );
    case 'event':
      return (
        <>
          <strong>{titleOf(line.name)}</strong> {line.user && <Who user={line.user} />}{' '}
          <bdi>{factsOf(line.facts)}</bdi>
        </>
      );
    case 'estop':
      return (
        <strong>
          {line.engaged ? `Everything was stopped by ${line.by}` : 'The stop was released'}
        </strong>
      );
    default:
      return null;
  }
}

/** `giftSubscription` as words. */
function titleOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** What was told with it, without what is for programs: ids and times. */
function factsOf(facts: Readonly<Record<string, string | number | boolean>>): string {
  return Object.entries(facts)
    .filter(([key]) => !/(^id|Id|At)$/.test(key))
    .map(([key, value]) => (key === 'text' || key === 'message' ? `“${value}”` : `${key} ${value}`))
    .join(', ');
}
