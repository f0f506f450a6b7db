import type { Logger } from '@pertybot/core';
import type { Gadget } from '../gadget.js';

/**
 * A gadget as a group or sequence in `mode: dry-run` sees it: what it is asked to do is logged, and nothing moves. Its
 * own commands are left to it.
 * @param by name of the group or sequence
 */
export function toDryMember(gadget: Gadget, by: string, log: Logger): Gadget {
  const { name, type, about, pins, drives, crowd, usage } = gadget;
  return {
    name,
    type,
    about,
    pins,
    drives,
    crowd,
    usage,
    get state() {
      return gadget.state;
    },
    busy: false,
    waiting: 0,
    get verbs() {
      return gadget.verbs;
    },
    async perform(action) {
      const asked = `${name} ${action}`.trim();
      log.info(`Dry run of "${by}": ${asked}.`);
      return { text: asked, done: Promise.resolve() };
    },
    idle: async () => {},
    stop: async () => {},
    switchOff: async () => {},
  };
}
