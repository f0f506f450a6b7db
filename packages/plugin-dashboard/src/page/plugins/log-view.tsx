import { useState } from 'preact/hooks';
import { useLive } from '../live/use-live.js';
import { ClockTime } from '../parts/clock-time.js';

const levels: readonly string[] = ['debug', 'info', 'warn', 'error'];

/** A level that nobody knows is left out nowhere. */
function orderOf(level: string): number {
  const order = levels.indexOf(level);
  return order === -1 ? levels.length : order;
}

/** Rows that are drawn. */
const mostRows = 150;

/** The log, live, by plugin and level. */
export function LogView() {
  const log = useLive((state) => state.log);
  const [plugin, setPlugin] = useState('');
  const [level, setLevel] = useState<string>('debug');
  const least = orderOf(level);
  const names = [...new Set(log.flatMap((line) => line.plugin ?? []))].sort();
  const lines = log
    .filter((line) => plugin === '' || line.plugin === plugin)
    .filter((line) => orderOf(line.level) >= least)
    .slice(-mostRows);
  return (
    <section aria-label="Log">
      <h2>Log</h2>
      <form class="filters" onSubmit={(event) => event.preventDefault()}>
        <label>
          plugin
          <select value={plugin} onChange={({ currentTarget }) => setPlugin(currentTarget.value)}>
            <option value="">all</option>
            {names.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <label>
          from level
          <select value={level} onChange={({ currentTarget }) => setLevel(currentTarget.value)}>
            {levels.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
      </form>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be scrolled by keys, too */}
      <ol class="log" tabIndex={0} aria-label="Lines of the log">
        {lines.map((line, index) => (
          <li key={`${line.time}-${index}`} class={`log-${line.level}`}>
            <ClockTime at={Date.parse(line.time) || 0} />{' '}
            <span class="log-level">{line.level}</span>{' '}
            {line.plugin && <strong>{line.plugin} </strong>}
            <bdi>{line.message}</bdi>
          </li>
        ))}
        {lines.length === 0 && <li class="faint">Nothing was logged.</li>}
      </ol>
    </section>
  );
}
