/** How long the process may take to end by itself, milliseconds. */
const patience = 300;

/**
 * Ends the process soon, even if a plugin left something open; by itself it ends at once when all has
 * been written.
 */
export function endSoon(): void {
  setTimeout(() => process.exit(), patience).unref();
}
