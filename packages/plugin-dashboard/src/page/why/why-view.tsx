import { useState } from 'preact/hooks';
import { useLive } from '../live/use-live.js';
import type { Trail } from './trail.js';
import { TrailItem } from './trail-item.js';
import { trailsOf } from './trails.js';

const mostTrails = 100;

/** What one looks for. */
interface Filter {
  readonly who: string;
  readonly command: string;
  readonly isRefused: boolean;
  /** Whether lines that asked for nothing are shown, too. */
  readonly hasChat: boolean;
}

function fits({ who, command, isRefused, hasChat }: Filter): (trail: Trail) => boolean {
  const has = (text: string, part: string) =>
    text.toLowerCase().includes(part.trim().toLowerCase());
  return (trail) =>
    has(trail.who, who.replace('@', '')) &&
    has(trail.command, command.replace('!', '')) &&
    (!isRefused || trail.outcome === 'refused') &&
    (hasChat || trail.kind !== 'message' || trail.command !== '');
}

/** Why something happened, or did not: the way of each message, redemption and event, and where it ended. */
export function WhyView() {
  const feed = useLive((state) => state.feed);
  const [filter, setFilter] = useState<Filter>({
    who: '',
    command: '',
    isRefused: false,
    hasChat: false,
  });
  const set = (change: Partial<Filter>) => setFilter({ ...filter, ...change });
  const trails = trailsOf(feed).filter(fits(filter)).slice(0, mostTrails);
  return (
    <>
      <h2>Why</h2>
      <form class="filters" onSubmit={(event) => event.preventDefault()}>
        <label>
          viewer
          <input
            value={filter.who}
            onInput={({ currentTarget: { value } }) => set({ who: value })}
          />
        </label>
        <label>
          command or event
          <input
            value={filter.command}
            onInput={({ currentTarget: { value } }) => set({ command: value })}
          />
        </label>
        <label class="check">
          <input
            type="checkbox"
            checked={filter.isRefused}
            onChange={({ currentTarget: { checked } }) => set({ isRefused: checked })}
          />
          refusals only
        </label>
        <label class="check">
          <input
            type="checkbox"
            checked={filter.hasChat}
            onChange={({ currentTarget: { checked } }) => set({ hasChat: checked })}
          />
          plain lines, too
        </label>
      </form>
      <ul class="trails">
        {trails.map((trail) => (
          <TrailItem key={trail.key} trail={trail} />
        ))}
        {trails.length === 0 && (
          <li class="faint">
            {feed.length === 0 ? 'Nothing yet. Say a command in chat.' : 'Nothing of that kind.'}
          </li>
        )}
      </ul>
    </>
  );
}
