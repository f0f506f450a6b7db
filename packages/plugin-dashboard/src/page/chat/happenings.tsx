import { useLive } from '../live/use-live.js';
import { happeningsOf } from './spoken-line.js';

const groups = ['Viewers', 'Moderators', 'The channel'] as const;

interface HappeningsProps {
  readonly examples: readonly string[];
  /** Who does it; empty for those of the examples. */
  readonly name: string;
  readonly onChoose: (line: string) => void;
}

/** A button for each event that the simulated Twitch can make. */
export function Happenings({ examples, name, onChoose }: HappeningsProps) {
  const rewards = useLive(({ report }) => report.rewards) ?? [];
  const all = happeningsOf(
    examples,
    rewards.map(({ title }) => title),
    name,
  );
  return (
    <details class="speak-events">
      <summary>let something happen</summary>
      {groups.map((group) => (
        <fieldset key={group}>
          <legend>{group}</legend>
          {all
            .filter((each) => each.group === group)
            .map(({ line }) => (
              <button type="button" key={line} onClick={() => onChoose(line)}>
                {line}
              </button>
            ))}
        </fieldset>
      ))}
      {rewards.length === 0 && (
        <p class="faint">
          The bot has no rewards that could be redeemed; docs/channel-points.md tells how.
        </p>
      )}
    </details>
  );
}
