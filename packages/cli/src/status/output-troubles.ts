import type { BotStatusReport } from '../control/control-protocol.js';

/** What is wrong with the outputs of a running bot. */
export interface OutputTroubles {
  /** A sentence about each output that may be on though it should be off. */
  readonly faults: readonly string[];
  /** A sentence about those that have no guardian. */
  readonly unguarded: string | undefined;
}

/** Looks for outputs that may be on against the bot's will, and for those that cannot go on. */
export function findOutputTroubles(outputs: BotStatusReport['outputs']): OutputTroubles {
  const faults = outputs.flatMap(({ gadget, pin, fault }) =>
    fault === undefined ? [] : [`"${gadget}" (${pin}) may be on, and is tried again: ${fault}`],
  );
  const names = outputs.filter(({ unguarded }) => unguarded).map(({ gadget }) => `"${gadget}"`);
  const unguarded =
    names.length === 0
      ? undefined
      : `No guardian watches over ${[...new Set(names)].join(', ')}: not switched on until one does.`;
  return { faults, unguarded };
}
