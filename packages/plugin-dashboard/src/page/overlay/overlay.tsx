import { useEffect, useState } from 'preact/hooks';
import type { PageGadget } from '../../shared/feed.js';
import { stateOf, switchersOf } from '../board/gadget-state.js';
import { Picture } from '../board/picture.js';
import { isLive } from '../live/live.js';
import { useLive } from '../live/use-live.js';
import { Ballot } from '../parts/ballot.js';
import { Bars } from '../parts/bars.js';
import { Ring } from '../parts/ring.js';
import { newsOf } from './news-of.js';

/** What viewers of the stream see: who switched what, for how long, votes, and what was refunded or refused. */
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
        {lit.map((gadget) => (
          <LitGadget key={gadget.name} gadget={gadget} />
        ))}
        {gadgets.map(
          ({ name, ballot }) =>
            ballot && (
              <li key={`vote ${name}`} class="overlay-vote" data-vote={name}>
                <p class="overlay-name">What shall {name} do?</p>
                <Ballot ballot={ballot} />
              </li>
            ),
        )}
      </ul>
      <News />
    </>
  );
}

function LitGadget({ gadget }: { readonly gadget: PageGadget }) {
  const outputs = useLive(({ report }) => report.outputs);
  const by = useLive(({ feed }) => switchersOf(feed).get(gadget.name));
  const { isOn, brightness, color, ends } = stateOf(gadget, { outputs, inputs: [] });
  return (
    <li class="overlay-gadget" data-gadget={gadget.name}>
      <Picture gadget={gadget} isOn={isOn} brightness={brightness} color={color} />
      <span class="overlay-name">{gadget.name}</span>
      {isOn && by && (
        <span class="overlay-by">
          by <bdi>{by}</bdi>
        </span>
      )}
      {ends?.offAt !== undefined && <Ring offAt={ends.offAt} whole={ends.maxOn} words="" />}
      {gadget.waiting > 0 && <span class="overlay-queue">{gadget.waiting} waiting</span>}
    </li>
  );
}

/** How long news stays, milliseconds. */
const newsTime = 7_000;
const mostNews = 4;

/** What has just happened. */
function News() {
  const feed = useLive((state) => state.feed);
  const ahead = useLive((state) => state.ahead);
  const [, draw] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => draw((count) => count + 1), 500);
    return () => clearInterval(timer);
  }, []);
  const since = Date.now() + ahead - newsTime;
  const news = feed.filter(({ at }) => at > since).flatMap((each) => newsOf(each) ?? []);
  return (
    <ol class="overlay-news">
      {news.slice(-mostNews).map(({ number, kind, text, choices }) => (
        <li key={number} class={`overlay-${kind}`}>
          <bdi>{text}</bdi>
          {choices && <Bars choices={choices} />}
        </li>
      ))}
    </ol>
  );
}
