/** How long the process may take to end by itself, milliseconds. */
const patience = 300;

/**
 * Ends the process soon, even if a plugin left something open; by itself it ends at once when all has
 * been written. It has a file of its own: `main.ts` loads it also for `--help` and `--version`, which stay
 * quick without anything of core.
 */
export function endSoon(): void {
  setTimeout(() => process.exit(), patience).unref();
}
