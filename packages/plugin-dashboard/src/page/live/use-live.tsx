import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Me } from '../../shared/feed.js';
import { Live } from './live.js';
import type { LiveState } from './live-state.js';

/** What every part of the page may use. */
export interface PageContext {
  readonly live: Live;
  readonly me: Me;
}

/** The {@link PageContext} of whoever is below it. */
export const Page = createContext<PageContext>({
  live: new Live(''),
  me: { role: undefined, pages: [] },
});

/** A part of what is known of the bot; who uses it is drawn again when that part changes. */
export function useLive<Part>(select: (state: LiveState) => Part): Part {
  const { live } = useContext(Page);
  const [part, setPart] = useState(() => select(live.state));
  useEffect(() => {
    const look = () => setPart(() => select(live.state));
    look();
    return live.onChange(look);
  }, [live]);
  return part;
}

/** Who one is, and what there is. */
export function useMe(): Me {
  return useContext(Page).me;
}
