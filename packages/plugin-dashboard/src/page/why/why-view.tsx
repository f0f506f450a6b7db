import { useState } from 'preact/hooks';
import { useLive } from '../live/use-live.js';
import { ClockTime } from '../parts/clock-time.js';
import { type Trail, trailsOf } from './trails.js';

const mostTrails = 100;

/** Why something happened, or did not: each command's way, and where it ended. */
export function WhyView() {
  const feed = useLive((state) => state.feed);
  const [who, setWho] = useState('');
  const [command, setCommand] = useState('');
  const [refused, setRefused] = useState(false);
  const has = (text: string, part: string) =>
    text.toLowerCase().includes(part.trim().toLowerCase());
  const trails = trailsOf(feed)
    .filter((each) => has(each.who, who) && has(each.command, command))
    .filter(({ outcome }) => !refused || outcome === 'refused')
    .slice(0, mostTrails);
  return (
    <>
      <h2>Why</h2>
      <form class="filters" onSubmit={(event) => event.preventDefault()}>
        <label>
          viewer
          <input value={who} onInput={({ currentTarget }) => setWho(currentTarget.value)} />
        </label>
        <label>
          command
          <input value={command} onInput={({ currentTarget }) => setCommand(currentTarget.value)} />
        </label>
        <label class="check">
          <input
            type="checkbox"
            checked={refused}
            onChange={({ currentTarget }) => setRefused(currentTarget.checked)}
          />
          refusals only
        </label>
      </form>
      <ul class="trails">
        {trails.map((trail) => (
          <TrailItem key={trail.key} trail={trail} />
        ))}
        {trails.length === 0 && <li class="faint">Nothing yet. Say a command in chat.</li>}
      </ul>
    </>
  );
}

const signs = { ran: '✓', refused: '✗', told: '•' } as const;

function TrailItem({ trail }: { readonly trail: Trail }) {
  const { at, who, what, outcome, steps } = trail;
  return (
    <li class={`trail trail-${outcome}`}>
      <p>
        <span class="trail-sign" role="img" aria-label={outcome}>
          {signs[outcome]}
        </span>{' '}
        <ClockTime at={at} /> <strong>{who}</strong> <bdi>{what}</bdi>
      </p>
      <ol>
        {steps.map((step) => (
          <li key={step.text} class={step.isEnd ? 'trail-end' : ''}>
            <span class="faint">+{Math.max(0, step.at - at)} ms</span> <bdi>{step.text}</bdi>
          </li>
        ))}
      </ol>
    </li>
  );
}
