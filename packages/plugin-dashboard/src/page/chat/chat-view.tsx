import { useEffect, useRef, useState } from 'preact/hooks';
import type { Fed } from '../../shared/feed.js';
import { useLive } from '../live/use-live.js';
import { ChatLine } from './chat-line.js';
import { answeredLines, inOrder, isChatLine, type ParentLine } from './chat-lines.js';
import { type Settlement, settlementsOf } from './settlements.js';
import { Speak } from './speak.js';

function settlementOf(line: Fed, settled: ReadonlyMap<string, Settlement>): Settlement | undefined {
  return line.type === 'event' ? settled.get(`${line.facts.redemptionId}`) : undefined;
}

function parentOf(line: Fed, answered: ReadonlyMap<string, ParentLine>): ParentLine | undefined {
  return line.type === 'reply' ? answered.get(line.replyTo ?? '') : undefined;
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
  const answered = answeredLines(feed);
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
          <ChatLine
            key={each.number}
            line={each}
            parent={parentOf(each, answered)}
            settlement={settlementOf(each, settled)}
          />
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
