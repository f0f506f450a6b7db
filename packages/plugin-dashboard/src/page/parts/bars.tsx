import type { FeedChoice } from '../../shared/feed.js';

/** What is voted for, with bars as long as its share. */
export function Bars({ choices }: { readonly choices: readonly FeedChoice[] }) {
  const all = Math.max(
    1,
    choices.reduce((sum, { votes }) => sum + votes, 0),
  );
  return (
    <ul class="bars">
      {choices.map(({ title, votes }) => (
        <li key={title}>
          <bdi class="bar-title">{title}</bdi>
          <span class="bar" aria-hidden="true">
            <span class="bar-share" style={{ width: `${(100 * votes) / all}%` }} />
          </span>
          <span class="bar-votes">{votes}</span>
        </li>
      ))}
    </ul>
  );
}
