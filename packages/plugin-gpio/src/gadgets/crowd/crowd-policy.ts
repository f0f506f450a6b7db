import { parseDuration, v } from '@pertybot/core';

/** How a crowd decides what a gadget does. */
export interface CrowdPolicy {
  /** The most votes, the first vote, or one that is drawn. */
  readonly name: 'vote' | 'first' | 'random';
  /** Milliseconds in which votes are heard, or in which nobody follows the first. */
  readonly window: number;
}

/** Milliseconds unless the owner says otherwise. */
const usualWindow = 10_000;

/** Reads `vote(10s)`, `first` or `random`. @returns undefined when `text` is none of them */
export function parseCrowdPolicy(text: string): CrowdPolicy | undefined {
  const [, name, time] = /^(vote|first|random)(?:\(([^)]+)\))?$/.exec(text.trim()) ?? [];
  if (name !== 'vote' && name !== 'first' && name !== 'random') return undefined;
  const window = time === undefined ? usualWindow : parseDuration(time);
  return window === undefined || window === 0 ? undefined : { name, window };
}

/** Valibot schema of a crowd's policy in plugins.yaml. */
export function crowdPolicy() {
  return v.pipe(
    v.string(),
    v.check((text) => parseCrowdPolicy(text) !== undefined, 'expected vote(10s), first or random'),
  );
}
