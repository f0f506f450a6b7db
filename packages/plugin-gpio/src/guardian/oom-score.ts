import { readFileSync, writeFileSync } from 'node:fs';

/** By how much the bot stands above its guardian when the kernel looks for what to kill. */
const step = 300;

/** What the kernel takes. Source: proc(5), `/proc/<pid>/oom_score_adj`. */
const highest = 1_000;

let before: number | undefined;

/**
 * Has the kernel, when memory runs out, kill this process before its guardian. Done once.
 * @returns the guardian's own score; undefined where the kernel does not let us
 */
export function standBeforeGuardian(file = '/proc/self/oom_score_adj'): number | undefined {
  if (before !== undefined) return before;
  try {
    const own = Number(readFileSync(file, 'utf8'));
    const raised = Math.min(highest, own + step);
    writeFileSync(file, String(raised));
    before = Math.min(own, raised - 1);
  } catch {
    // Then the guardian still is a fraction of the bot's size, which is what the kernel looks at.
  }
  return before;
}
