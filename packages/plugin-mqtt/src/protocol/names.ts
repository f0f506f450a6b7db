import { hostname } from 'node:os';

/** Longest name of a node or of one of its gadgets. */
const longestName = 25;

/** Names that would be mistaken for a part of a topic, or for a member of every object. */
const taken = new Set(['estop', 'constructor', '__proto__', 'prototype']);

/** Whether a node may be called so: it is a level of a topic, and nothing else may get in there. */
export function isNodeName(text: string): boolean {
  return text.length <= longestName && /^[a-z0-9][a-z0-9_-]*$/.test(text) && !taken.has(text);
}

/** Whether a gadget or a verb may be called so, as plugins.yaml of its node has it. */
export function isPlainName(text: string): boolean {
  return /^[\p{L}\p{N}_-]{1,25}$/u.test(text) && !taken.has(text);
}

/** What a bot without a name of its own is called: as its machine is. */
export function nameOfMachine(): string {
  return (
    hostname()
      .replace(/[^\p{L}\p{N}_.-]/gu, '-')
      .slice(0, 40) || 'a bot'
  );
}

/** What a node's name must look like, for messages. */
export const expectedNode =
  'expected one word of at most 25 small letters, digits, - and _, such as garage';
