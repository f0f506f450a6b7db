import type { GadgetReport } from '@pertybot/core/host';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Answer, PageOutput } from '../../shared/feed.js';
import { useLive, useMe } from '../live/use-live.js';
import { wish } from '../live/wish.js';
import { Ring } from '../parts/ring.js';
import { Picture } from './picture.js';
import { Verbs } from './verbs.js';

/** A no, as one shakes one's head. */
const shake = [0, -6, 6, -4, 4, 0].map((x) => ({ transform: `translateX(${x}px)` }));

/** How long a refusal is shown, milliseconds. */
const refusalTime = 8_000;

/** A gadget with its state, its pins, and what it can do. */
export function GadgetCard({ gadget }: { readonly gadget: GadgetReport }) {
  const { name, type, state, pins, waiting } = gadget;
  const outputs = useLive(({ report }) => report.outputs).filter((each) => each.gadget === name);
  const inputs = useLive(({ report }) => report.inputs).filter((each) => each.gadget === name);
  const [answer, setAnswer] = useState<Answer>();
  const refusal = useRefusal(name);
  const { role, rehearsal } = useMe();
  const isOn = outputs.some(({ on }) => on) || inputs.some(({ pressed }) => pressed);
  const no = answer && !answer.done ? answer.text : refusal?.text;
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (no && !matchMedia('(prefers-reduced-motion: reduce)').matches)
      card.current?.animate(shake, 300);
  }, [no]);
  const drive = async (action: string) => setAnswer(await wish('drive', { gadget: name, action }));
  const press = async () => setAnswer(await wish('press', { gadget: name }));
  const ends = outputs.find((each) => each.offAt !== undefined);
  return (
    <article
      ref={card}
      class={`gadget ${isOn ? 'gadget-on' : ''} ${no ? 'gadget-refused' : ''}`}
      aria-label={`${name}, ${type}, ${state}`}
      data-gadget={name}
      data-on={isOn}
    >
      <Picture gadget={gadget} isOn={isOn} brightness={brightnessOf(outputs, state)} />
      <div class="gadget-words">
        <div class="gadget-head">
          <h3>{name}</h3>
          <p class="gadget-state">
            {state}
            {waiting > 0 && <span class="gadget-queue">, {waiting} waiting</span>}
          </p>
        </div>
        <p class="faint">
          {type} {pins.join(' ')}
          {outputs.some(({ dryRun }) => dryRun) && ' dry run'}
        </p>
        {ends?.offAt !== undefined && <Ring offAt={ends.offAt} whole={ends.maxOn} />}
        {outputs.map(
          ({ fault, pin }) =>
            fault && (
              <p key={pin} class="said-no">
                may be on: {fault}
              </p>
            ),
        )}
        <p class="gadget-no" role="status">
          {no}
        </p>
        {role !== 'viewer' && (
          <>
            <Verbs gadget={gadget} onDrive={(action) => void drive(action)} />
            {inputs.length > 0 && rehearsal && (
              <button type="button" onClick={() => void press()}>
                Press {name}
              </button>
            )}
          </>
        )}
      </div>
    </article>
  );
}

/** The last refusal of a gadget's command, while it is news. */
function useRefusal(name: string): { readonly text: string } | undefined {
  const found = useLive(({ feed }) =>
    feed.findLast((each) => each.type === 'refusal' && each.command === name),
  );
  const [, draw] = useState(0);
  const age = found ? Date.now() - found.at : Number.POSITIVE_INFINITY;
  useEffect(() => {
    if (age > refusalTime) return;
    const timer = setTimeout(() => draw((count) => count + 1), refusalTime - age);
    return () => clearTimeout(timer);
  }, [found]);
  if (found?.type !== 'refusal' || age > refusalTime) return undefined;
  return { text: `${found.user.name}: ${found.text ?? found.reason}` };
}

function brightnessOf(outputs: readonly PageOutput[], state: string): number {
  const percent = /(\d+)\s*%/.exec(state)?.[1];
  return percent === undefined ? (outputs.find(({ on }) => on)?.share ?? 1) : Number(percent) / 100;
}
