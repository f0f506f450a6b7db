import { v } from '@pertybot/core';
import type { BusyPolicy } from './gadget-runner.js';

/** Longest queue that can be asked for. */
const longestQueue = 1_000;

/** Reads `replace`, `refuse` or `queue(20)`. @returns undefined when `text` is none of them */
export function parseBusyPolicy(text: string): BusyPolicy | undefined {
  if (text === 'replace' || text === 'refuse') return { name: text };
  const limit = Number(/^queue\((\d+)\)$/.exec(text)?.[1]);
  return limit >= 1 && limit <= longestQueue ? { name: 'queue', limit } : undefined;
}

/** Valibot schema of a policy in plugins.yaml. */
export function busyPolicy() {
  return v.pipe(
    v.string(),
    v.check((text) => parseBusyPolicy(text) !== undefined, 'expected replace, refuse or queue(20)'),
  );
}
