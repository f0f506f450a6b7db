import { useState } from 'preact/hooks';
import type { PageGadget } from '../../shared/feed.js';

interface VerbsProps {
  readonly gadget: PageGadget;
  readonly onDrive: (action: string) => void;
}

/** Values that a verb can do without: `on` alone is until it is switched off. */
const mayLack: readonly string[] = ['time', 'count'];

/** What a gadget can do, as chat would say it: the same guard stands behind it. */
export function Verbs({ gadget, onDrive }: VerbsProps) {
  const plain = gadget.verbs.filter(({ value }) => value === undefined || mayLack.includes(value));
  const valued = gadget.verbs.filter(({ value }) => value !== undefined);
  return (
    <div class="verbs">
      {plain.map(({ name, about }) => (
        <button
          type="button"
          key={name}
          title={about}
          aria-label={`${gadget.name} ${name}`}
          onClick={() => onDrive(name)}
        >
          {name}
        </button>
      ))}
      {valued.length > 0 && (
        <details>
          <summary>more</summary>
          {valued.map((verb) => (
            <ValuedVerb key={verb.name} gadget={gadget.name} verb={verb} onDrive={onDrive} />
          ))}
        </details>
      )}
    </div>
  );
}

interface ValuedVerbProps {
  readonly gadget: string;
  readonly verb: PageGadget['verbs'][number];
  readonly onDrive: (action: string) => void;
}

/** A verb behind which something may stand: `blink 3`. */
function ValuedVerb({ gadget, verb, onDrive }: ValuedVerbProps) {
  const [value, setValue] = useState('');
  const run = (event: Event) => {
    event.preventDefault();
    onDrive(`${verb.name} ${value}`.trim());
  };
  return (
    <form class="verb" onSubmit={run} title={verb.about}>
      <button type="submit" aria-label={`${gadget} ${verb.name}`}>
        {verb.name}
      </button>
      <input
        aria-label={`${verb.value} of ${gadget} ${verb.name}`}
        placeholder={verb.value}
        maxLength={100}
        value={value}
        onInput={({ currentTarget }) => setValue(currentTarget.value)}
      />
    </form>
  );
}
