import { useState } from 'preact/hooks';
import { Speak } from '../chat/speak.js';
import { useLive } from '../live/use-live.js';
import { WiringSheet } from '../wiring/wiring-sheet.js';
import { GadgetCard } from './gadget-card.js';
import { Header } from './header.js';

/** The board: the header and the gadgets that hang at it. */
export function Board() {
  const gadgets = useLive(({ report }) => report.gadgets);
  const outputs = useLive(({ report }) => report.outputs);
  const driver = useLive(({ report }) => report.driver);
  const [isSheetShown, showSheet] = useState(false);
  const names = new Set(gadgets.map(({ name }) => name));
  const others = [...new Set(outputs.map(({ gadget }) => gadget))].filter(
    (name) => !names.has(name),
  );
  return (
    <>
      <div class="board-head">
        <h2>Board{driver && <span class="faint"> driver {driver}</span>}</h2>
        <button type="button" aria-expanded={isSheetShown} onClick={() => showSheet(!isSheetShown)}>
          Wiring sheet
        </button>
        {isSheetShown && (
          <button type="button" onClick={() => window.print()}>
            Print it
          </button>
        )}
      </div>
      <WiringSheet isShown={isSheetShown} />
      <Speak />
      <div class="board">
        <section class="gadgets" aria-label="Gadgets">
          {gadgets.map((gadget) => (
            <GadgetCard key={gadget.name} gadget={gadget} />
          ))}
          {others.map((name) => (
            <PluginOutput key={name} name={name} />
          ))}
          {gadgets.length + others.length === 0 && (
            <p class="note">The bot has no gadgets. Add some below gpio in plugins.yaml.</p>
          )}
        </section>
        <Header />
      </div>
    </>
  );
}

/** An output that a plugin drives itself: it has no verbs, only chat commands. */
function PluginOutput({ name }: { readonly name: string }) {
  const outputs = useLive(({ report }) => report.outputs).filter(({ gadget }) => gadget === name);
  const isOn = outputs.some(({ on }) => on);
  const gadget = {
    name,
    type: outputs[0]?.kind ?? 'output',
    state: isOn ? 'on' : 'off',
    busy: false,
    waiting: 0,
    pins: outputs.map(({ pin }) => pin),
    usage: '',
    verbs: [],
  };
  return <GadgetCard gadget={gadget} />;
}
