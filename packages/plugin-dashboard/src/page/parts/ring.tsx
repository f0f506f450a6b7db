import { useEffect, useState } from 'preact/hooks';
import { useLive } from '../live/use-live.js';

const size = 18;
const around = 2 * Math.PI * 7;

interface RingProps {
  /** When it goes off, milliseconds since 1970 by the bot's clock. */
  readonly offAt: number;
  /** Longest time on, milliseconds. */
  readonly whole: number | undefined;
  /** What stands before the time. @default off in */
  readonly words?: string;
}

/** What is left of the time on, as a ring and in words. */
export function Ring({ offAt, whole, words = 'off in' }: RingProps) {
  const ahead = useLive((state) => state.ahead);
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, []);
  const left = Math.max(0, offAt - (now + ahead));
  const share = whole ? Math.min(1, left / whole) : 1;
  return (
    <span class="ring">
      <svg width={size} height={size} viewBox="0 0 18 18" aria-hidden="true">
        <circle cx="9" cy="9" r="7" class="ring-whole" />
        <circle
          cx="9"
          cy="9"
          r="7"
          class="ring-left"
          stroke-dasharray={`${share * around} ${around}`}
        />
      </svg>
      <span>
        {words} {formatTime(left)}
      </span>
    </span>
  );
}

/** Such as `9 min 3 s`. */
export function formatTime(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
