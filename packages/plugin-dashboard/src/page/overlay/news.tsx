import { useEffect, useState } from 'preact/hooks';
import { useLive } from '../live/use-live.js';
import { Bars } from '../parts/bars.js';
import { newsOf } from './news-of.js';

/** How long news stays, milliseconds. */
const newsTime = 7_000;
const mostNews = 4;

/** What has just happened. */
export function News() {
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
