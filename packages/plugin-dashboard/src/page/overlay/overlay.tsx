import { useEffect, useState } from 'preact/hooks';
import type { Fed } from '../../shared/feed.js';
import { Picture } from '../board/picture.js';
import { isLive } from '../live/live.js';
import { useLive } from '../live/use-live.js';
import { Ring } from '../parts/ring.js';

/** How long news stays, milliseconds. */
const newsTime = 7_000;
const mostNews = 4;

/** What viewers of the stream see: who switched what, for how long, and what was refunded or refused. */
export function Overlay() {
  const isSeen = isLive(useLive((state) => state.link));
  const gadgets = useLive(({ report }) => report.gadgets);
  const outputs = useLive(({ report }) => report.outputs);
  const stoppedBy = useLive(({ report }) => report.estop);
  if (!isSeen) return null;
  const lit = gadgets.filter(
    ({ name, waiting }) => waiting > 0 || outputs.some(({ gadget, on }) => on && gadget === name),
  );
  return (
    <>
      {stoppedBy && <p class="overlay-stop">Everything is stopped</p>}
      <ul class="overlay-gadgets">
        {lit.map((gadget) => {
          const own = outputs.filter((each) => each.gadget === gadget.name);
          const ends = own.find(({ offAt }) => offAt !== undefined);
          return (
            <li key={gadget.name} data-gadget={gadget.name}>
              <Picture
                gadget={gadget}
                isOn={own.some(({ on }) => on)}
                brightness={own[0]?.share ?? 1}
              />
              <span class="overlay-name">{gadget.name}</span>
              {ends?.offAt !== undefined && <Ring offAt={ends.offAt} whole={ends.maxOn} />}
              {gadget.waiting > 0 && <span class="overlay-queue">{gadget.waiting} waiting</span>}
            </li>
          );
        })}
      </ul>
      <News />
    </>
  );
}

function News() {
  const feed = useLive((state) => state.feed);
  const ahead = useLive((state) => state.ahead);
  const [, draw] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => draw((count) => count + 1), 500);
    return () => clearInterval(timer);
  }, []);
  const now = Date.now() + ahead;
  const news = feed
    .filter(({ at }) => now - at < newsTime)
    .flatMap((each) => {
      const text = newsOf(each);
      return text === undefined ? [] : [{ number: each.number, text, type: each.type }];
    });
  return (
    <ol class="overlay-news">
      {news.slice(-mostNews).map(({ number, text, type }) => (
        <li key={number} class={`overlay-${type}`}>
          <bdi>{text}</bdi>
        </li>
      ))}
    </ol>
  );
}

function newsOf(each: Fed): string | undefined {
  if (each.type === 'command') return `${each.user.name}: ${each.command}`;
  if (each.type === 'refusal')
    return `${each.user.name}: ${each.text ?? `${each.command}, ${each.reason}`}`;
  if (each.type !== 'event' || each.user === undefined) return undefined;
  const { bits, viewers, title, status, reward } = each.facts;
  const facts = [reward ?? title, status, bits && `${bits} bits`, viewers && `${viewers} viewers`];
  return `${each.user.name}: ${each.name} ${facts.filter(Boolean).join(', ')}`.trim();
}
