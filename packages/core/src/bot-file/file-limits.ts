/** Faults of one file that are told; whoever mends these sees the next. */
export const mostProblems = 50;

/** Entries that a plugins.yaml may have. */
export const mostEntries = 1_000;
