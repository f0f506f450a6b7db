import { useEffect, useState } from 'preact/hooks';
import type { WiredGadget } from '../../shared/feed.js';
import { Header } from '../board/header.js';
import { useLive } from '../live/use-live.js';
import { look } from '../live/wish.js';
import { Wire } from './wire.js';
import { type Wiring, wiringOf } from './wiring-of.js';

/** From so many gadgets on they stand closer together, so that the sheet stays one page. */
const many = 8;

/** What hangs at which pin, and how, from the owner's plugins.yaml: one page to take to the bench. */
export function WiringSheet({ isShown }: { readonly isShown: boolean }) {
  const report = useLive((state) => state.report);
  const [gadgets, setGadgets] = useState<readonly WiredGadget[]>([]);
  const known = report.gadgets.map(({ name, type, pins }) => [name, type, pins].join()).join();
  useEffect(() => {
    void look<readonly WiredGadget[]>('/api/wiring').then((found) => {
      if (Array.isArray(found)) setGadgets(found);
    });
  }, [known]);
  const wirings = withoutRepeats(gadgets.flatMap((each) => wiringOf(each) ?? []));
  const wired = wirings.filter(({ wires }) => wires.length > 0);
  const rooms = report.channels.map(({ channel }) => `#${channel}`).join(' ');
  return (
    <section
      class={`sheet ${wirings.length > many ? 'sheet-many' : ''}`}
      aria-label="Wiring sheet"
      hidden={!isShown}
    >
      <h2>
        Wiring{rooms && ` of ${rooms}`}
        <span class="faint">switch the Raspberry Pi off before you change a wire</span>
      </h2>
      <div class="sheet-body">
        <Header isPlain />
        <ul class="sheet-gadgets">
          {wirings.map(({ name, type, wires, notes }) => (
            <li key={name}>
              <h3>
                <bdi>{name}</bdi> <span class="faint">{type}</span>
              </h3>
              {wires.map((nodes, index) => (
                <Wire key={index} nodes={nodes} />
              ))}
              {notes.map((note) => (
                <p key={note} class="faint">
                  {note}
                </p>
              ))}
            </li>
          ))}
          {wired.length === 0 && <li class="faint">No gadget of plugins.yaml needs a wire.</li>}
        </ul>
      </div>
    </section>
  );
}

/** What is true of several gadgets is told once. */
function withoutRepeats(wirings: readonly Wiring[]): readonly Wiring[] {
  const told = new Set<string>();
  return wirings.map((wiring) => {
    const notes = wiring.notes.filter((note) => !told.has(note));
    for (const note of notes) told.add(note);
    return { ...wiring, notes };
  });
}
