import type { Fed } from '../../shared/feed.js';
import { ClockTime } from '../parts/clock-time.js';
import { twitchColor } from '../parts/twitch-color.js';
import { Who } from '../parts/who.js';
import { eventSentence } from './event-sentence.js';
import { memo } from './memo.js';
import type { Settlement } from './settlements.js';

const shown = ['message', 'reply', 'event', 'refusal', 'reaction', 'estop'];

/** What a redemption became stands beside it, and a cheer is a line of chat with bits. */
const toldElsewhere = ['redeemUpdate', 'cheer'];

/** Whether chat shows it. */
export function isChatLine(line: Fed): boolean {
  if (line.type === 'event') return !toldElsewhere.includes(line.name);
  if (line.type === 'refusal') return line.redemption === undefined;
  return shown.includes(line.type);
}

interface ChatLineProps {
  readonly line: Fed;
  /** What became of it, where it is a redemption. */
  readonly settlement?: Settlement | undefined;
}

/** A line of chat, or something that happened. An event never changes, so it is drawn once. */
export const ChatLine = memo(({ line, settlement }: ChatLineProps) => (
  <li
    class={`line line-${line.type} ${line.type === 'message' && line.bits > 0 ? 'line-bits' : ''}`}
  >
    <ClockTime at={line.at} /> <Words line={line} settlement={settlement} />
  </li>
));

function Words({ line, settlement }: ChatLineProps) {
  switch (line.type) {
    case 'message':
      return <Message line={line} />;
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
    case 'reaction':
      return (
        <span class="faint">
          {line.event} {line.did === undefined ? 'set nothing off: ' : 'sets off '}
          <bdi>{line.did ?? line.text}</bdi>
        </span>
      );
    case 'event':
      return (
        <>
          {line.user && <Who user={line.user} />} <bdi>{eventSentence(line)}</bdi>
          {settlement && (
            <strong class={settlement.isRefund ? 'settled settled-back' : 'settled'}>
              <bdi>{settlement.text}</bdi>
            </strong>
          )}
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

function Message({ line }: { readonly line: Extract<Fed, { type: 'message' }> }) {
  const { user, replyTo, bits, action, text } = line;
  return (
    <>
      {replyTo && (
        <span class="line-parent">
          ↩ replying to <bdi>{replyTo.name}</bdi>: <bdi>{replyTo.text}</bdi>
        </span>
      )}
      <Who user={user} />
      {action ? ' ' : ': '}
      {bits > 0 && <span class="bits">{bits} bits </span>}
      <bdi class={action ? 'line-action' : ''} style={action ? { '--who': twitchColor(user) } : {}}>
        {text}
      </bdi>
    </>
  );
}
