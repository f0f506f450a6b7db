import type { Consumer } from '@pertybot/core';
import type { Gadgets } from '../gadgets.js';

/**
 * The gadgets as one plugin has them: the kinds that it brings go when it stops.
 * @param brought hears of each type that it brings
 */
export function gadgetsFor(
  consumer: Consumer,
  all: Gadgets,
  brought: (type: string) => void,
): Gadgets {
  return {
    get list() {
      return all.list;
    },
    get missing() {
      return all.missing;
    },
    get kinds() {
      return all.kinds;
    },
    find: (name) => all.find(name),
    stop: () => all.stop(),
    async define(kind) {
      const undo = await all.define(kind);
      brought(kind.type);
      consumer.onStop(undo);
      return undo;
    },
  };
}
