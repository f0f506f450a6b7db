import type { Undo } from '@pertybot/core';

/** Stdout for one writer; whatever else is written there goes to stderr. */
export interface ReservedStdout {
  write(text: string): void;
  readonly undo: Undo;
}

/** Reserves stdout, so that nothing comes between the JSON lines. */
export function reserveStdout(): ReservedStdout {
  const { stdout, stderr } = process;
  const write = stdout.write;
  stdout.write = stderr.write.bind(stderr) as typeof stdout.write;
  return {
    write: (text) => void write.call(stdout, text),
    undo: () => {
      stdout.write = write;
    },
  };
}
