import { useEffect, useRef, useState } from 'preact/hooks';
import type { Answer, PageGadget } from '../../shared/feed.js';
import { useLive, useMe } from '../live/use-live.js';
import { wish } from '../live/wish.js';
import { Ballot } from '../parts/ballot.js';
import { Ring } from '../parts/ring.js';
import { stateOf, switchersOf } from './gadget-state.js';
import { Picture } from './picture.js';
import { SoundButton } from './sound-button.js';
import { Verbs } from './verbs.js';

/** A no, as one shakes one's head. */
const shake = [0, -6, 6, -4, 4, 0].map((x) => ({ transform: `translateX(${x}px)` }));

/** A gadget with its state, its pins, and what it can do. */
export function GadgetCard({ gadget }: { readonly gadget: PageGadget }) {
  const { name, type, state, pins, waiting, busy, ballot, node, away } = gadget;
  const report = useLive((each) => each.report);
  const by = useLive(({ feed }) => switchersOf(feed).get(name));
  const [answer, setAnswer] = useState<Answer>();
  const refusal = useRefusal(name);
  const { role, rehearsal } = useMe();
  const { isOn, brightness, color, ends } = stateOf(gadget, report);
  const outputs = report.outputs.filter((each) => each.gadget === name);
  const inputs = report.inputs.filter((each) => each.gadget === name);
  const no = answer && !answer.done ? answer.text : refusal?.text;
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (no && !matchMedia('(prefers-reduced-motion: reduce)').matches)
      card.current?.animate(shake, 300);
  }, [no, refusal?.number]);
  const drive = async (action: string) => setAnswer(await wish('drive', { gadget: name, action }));
  const press = async () => setAnswer(await wish('press', { gadget: name }));
  const levels = new Map([...outputs, ...inputs].map(({ pin, level }) => [pin, level]));
  return (
    <article
      ref={card}
      class={`gadget ${isOn ? 'gadget-on' : ''} ${no ? 'gadget-refused' : ''} ${away ? 'gadget-away' : ''}`}
      aria-label={`${name}, ${type}, ${state}`}
      data-gadget={name}
      data-on={isOn}
    >
      <Picture gadget={gadget} isOn={isOn} brightness={brightness} color={color} />
      <div class="gadget-words">
        <div class="gadget-head">
          <h3>{name}</h3>
          <p class="gadget-state">
            {state}
            {isOn && by && <span class="gadget-by"> by {by}</span>}
            {waiting > 0 && <span class="gadget-queue">, {waiting} waiting</span>}
          </p>
        </div>
        <p class="faint gadget-pins">
          {type}
          {pins.map((pin) => ` ${pin}${level(levels.get(pin))}`)}
          {pins.length === 0 && busy && ' busy'}
          {node && ` on ${node}`}
          {outputs.some(({ dryRun }) => dryRun) && ' dry run'}
        </p>
        {ends?.offAt !== undefined && <Ring offAt={ends.offAt} whole={ends.maxOn} />}
        {away && <p class="said-no">{away}</p>}
        {ballot && <Ballot ballot={ballot} />}
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
        {type === 'buzzer' && <SoundButton name={name} isOn={isOn} />}
        {role !== 'viewer' && <Verbs gadget={gadget} onDrive={(action) => void drive(action)} />}
        {role !== 'viewer' && inputs.length > 0 && rehearsal && (
          <button type="button" onClick={() => void press()}>
            Press {name}
          </button>
        )}
      </div>
    </article>
  );
}

function level(value: 0 | 1 | undefined): string {
  if (value === undefined) return '';
  return value === 1 ? ' high' : ' low';
}

/** How long a refusal is shown, milliseconds. */
const refusalTime = 8_000;

/** The last refusal of a gadget's command, while it is news. */
function useRefusal(name: string): { readonly number: number; readonly text: string } | undefined {
  const found = useLive(({ feed }) =>
    feed.findLast((each) => each.type === 'refusal' && each.command === name),
  );
  const ahead = useLive((state) => state.ahead);
  const [, draw] = useState(0);
  const age = found ? Date.now() + ahead - found.at : Number.POSITIVE_INFINITY;
  useEffect(() => {
    if (age > refusalTime) return;
    const timer = setTimeout(() => draw((count) => count + 1), refusalTime - age + 1);
    return () => clearTimeout(timer);
  }, [found]);
  if (found?.type !== 'refusal' || age > refusalTime) return undefined;
  const { number, user, text, reason } = found;
  return { number, text: `${user.name}: ${text ?? reason}` };
}
