import { ClockTime } from '../parts/clock-time.js';
import type { Trail } from './trail.js';

const signs = { ran: '✓', refused: '✗', told: '•' } as const;
const titles = {
  ran: 'went all its way',
  refused: 'ended early',
  told: 'asked for nothing',
} as const;

/** The way of one message, redemption or event: each station with its time, and those that it did not get to. */
export function TrailItem({ trail }: { readonly trail: Trail }) {
  const { at, who, what, outcome, steps, unreached } = trail;
  return (
    <li class={`trail trail-${outcome}`}>
      <p>
        <span class="trail-sign" role="img" aria-label={titles[outcome]} title={titles[outcome]}>
          {signs[outcome]}
        </span>{' '}
        <ClockTime at={at} /> <strong>{who}</strong> <bdi>{what}</bdi>
      </p>
      <ol>
        {steps.map((step, index) => (
          <li key={index} class={step.isEnd ? 'trail-end' : ''}>
            <span class="trail-stage">
              {step.stage} <span class="trail-time">{delayOf(step.at - at)}</span>
            </span>
            <bdi>{step.text}</bdi>
          </li>
        ))}
        {unreached.length > 0 && outcome === 'refused' && (
          <li class="trail-unreached">
            <span class="trail-stage">not reached</span>
            <span>{unreached.join(', ')}</span>
          </li>
        )}
      </ol>
    </li>
  );
}

/** Such as `+3 ms` or `+2.4 s`. */
function delayOf(milliseconds: number): string {
  return milliseconds < 1_000 ? `+${milliseconds} ms` : `+${(milliseconds / 1_000).toFixed(1)} s`;
}
