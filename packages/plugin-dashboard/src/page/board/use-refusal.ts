import { useEffect, useState } from 'preact/hooks';
import { useLive } from '../live/use-live.js';

/** How long a refusal is shown, milliseconds. */
const refusalTime = 8_000;

/** The last refusal of a gadget's command, while it is news. */
export function useRefusal(
  name: string,
): { readonly number: number; readonly text: string } | undefined {
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
