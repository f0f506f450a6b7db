import { useEffect, useRef, useState } from 'preact/hooks';
import type { Fed } from '../../shared/feed.js';
import { useLive } from '../live/use-live.js';
import { ChatLine, isChatLine } from './chat-line.js';
import { type Settlement, settlementsOf } from './settlements.js';
import { Speak } from './speak.js';

/** The bot answers a command before the plugins are told of its line; one reads it the other way round. */
function inOrder(lines: readonly Fed[]): readonly Fed[] {
  const ordered: Fed[] = [];
  for (const line of lines) {
    let place = ordered.length;
    if (line.type === 'message') while (isAnswerTo(line.id, ordered[place - 1])) place -= 1;
    ordered.splice(place, 0, line);
  }
  return ordered;
}

function isAnswerTo(id: string, line: Fed | undefined): boolean {
  return (
    (line?.type === 'refusal' && line.messageId === id) ||
    (line?.type === 'reply' && line.replyTo === id)
  );
}

function settlementOf(line: Fed, settled: ReadonlyMap<string, Settlement>): Settlement | undefined {
  return line.type === 'event' ? settled.get(`${line.facts.redemptionId}`) : undefined;
}

/** The same settlement stays the same object, so that its line is not drawn anew. */
function useSettlements(feed: readonly Fed[]): ReadonlyMap<string, Settlement> {
  const known = useRef(new Map<string, Settlement>());
  const found = settlementsOf(feed);
  const kept = new Map<string, Settlement>();
  for (const [id, each] of found) {
    const before = known.current.get(id);
    kept.set(id, before?.text === each.text ? before : each);
  }
  known.current = kept;
  return kept;
}

/** Rows that are drawn. */
const mostRows = 200;

/** What was written and what happened, as it looks on Twitch, and what the bot said. */
export function ChatView() {
  const feed = useLive((state) => state.feed);
  const [isHeld, setHeld] = useState(false);
  const list = useRef<HTMLOListElement>(null);
  const lines = inOrder(feed.filter(isChatLine).slice(-mostRows));
  const settled = useSettlements(feed);
  useEffect(() => {
    const { current } = list;
    if (current && !isHeld) current.scrollTop = current.scrollHeight;
  }, [feed, isHeld]);
  const onScroll = () => {
    const { current } = list;
    if (current) setHeld(current.scrollHeight - current.scrollTop - current.clientHeight > 40);
  };
  return (
    <>
      <h2>Chat and events</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be scrolled by keys, too */}
      <ol class="chat" ref={list} onScroll={onScroll} tabIndex={0} aria-label="Chat">
        {lines.map((each) => (
          <ChatLine key={each.number} line={each} settlement={settlementOf(each, settled)} />
        ))}
        {lines.length === 0 && <li class="faint">Nobody has said anything yet.</li>}
      </ol>
      {isHeld && (
        <button type="button" class="chat-newest" onClick={() => setHeld(false)}>
          To the newest
        </button>
      )}
      <Speak />
    </>
  );
}
