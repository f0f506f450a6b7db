import { useEffect, useRef, useState } from 'preact/hooks';
import type { Answer } from '../shared/feed.js';
import { isLive } from './live/live.js';
import { useLive, useMe } from './live/use-live.js';
import { wish } from './live/wish.js';

/** Time between two presses of Escape, milliseconds. */
const twice = 600;

/** How long a stop may take to be confirmed, milliseconds. */
const confirmLimit = 2_000;

/** The emergency stop, always in view: one click, or Escape twice. */
export function Estop() {
  const stoppedBy = useLive(({ report }) => report.estop);
  const link = useLive((state) => state.link);
  const { role } = useMe();
  const [answer, setAnswer] = useState<Answer>();
  const [asking, setAsking] = useState(false);
  const lastEscape = useRef(Number.NEGATIVE_INFINITY);
  const mayNot = role === undefined || role === 'viewer';

  const stop = async () => {
    setAnswer({ done: true, text: 'Stopping …' });
    const told = await wish('estop', { engage: true }, confirmLimit);
    setAnswer(told.done ? undefined : told);
  };
  const release = async () => {
    setAsking(false);
    const told = await wish('estop', { engage: false });
    setAnswer(told.done ? undefined : told);
  };
  useEffect(() => {
    const onKey = ({ key, timeStamp, repeat }: KeyboardEvent) => {
      if (key !== 'Escape' || repeat) return;
      if (timeStamp - lastEscape.current < twice && !mayNot) void stop();
      lastEscape.current = timeStamp;
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [mayNot]);

  const isLost = !isLive(link);
  const isUnconfirmed = answer !== undefined && !answer.done;
  return (
    <div class={`estop ${stoppedBy ? 'estop-engaged' : ''}`}>
      <button type="button" class="estop-button" disabled={mayNot} onClick={() => void stop()}>
        EMERGENCY STOP
      </button>
      <div class="estop-state" role="alert">
        {(isLost || isUnconfirmed) && answer !== undefined ? (
          <p>
            <strong>not confirmed</strong>: {answer.text} In a terminal: <code>pertybot estop</code>
          </p>
        ) : (
          stoppedBy && <p>Everything is stopped by {stoppedBy}.</p>
        )}
      </div>
      {stoppedBy && !asking && !mayNot && (
        <button type="button" onClick={() => setAsking(true)}>
          Release …
        </button>
      )}
      {stoppedBy && asking && (
        <fieldset class="estop-ask">
          <legend>Release the stop</legend>
          Can everything be switched on safely?
          <button type="button" onClick={() => void release()}>
            Yes, release
          </button>
          <button type="button" onClick={() => setAsking(false)}>
            No
          </button>
        </fieldset>
      )}
    </div>
  );
}
