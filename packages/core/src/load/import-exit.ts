import { placeOf } from './stack.js';

/** How many imports go on, and where their bot is. */
let importing = 0;
let folder = '';

/**
 * Does `work`, in which the top level of a plugin's module runs. Where that ends the process, it is told, and the
 * process ends with 1 at least: nobody else would know why it is gone, or that anything was wrong.
 * @param bot folder of the bot
 */
export async function tellExit<Result>(bot: string, work: () => Promise<Result>): Promise<Result> {
  folder = bot;
  if (importing === 0) process.on('exit', onExit);
  importing += 1;
  try {
    return await work();
  } finally {
    importing -= 1;
    if (importing === 0) process.off('exit', onExit);
  }
}

function onExit(code: number): void {
  // Whoever has forked it to try a plugin sees that, and tells it.
  if (process.send !== undefined) return;
  // Whoever ends the process otherwise, as by Ctrl-C, has no code of a plugin below it.
  const place = placeOf(new Error('It ends.'), folder);
  if (place === undefined) return;
  if (code === 0) process.exitCode = 1;
  process.stderr.write(
    `Error: ${place} ended the process as its plugin was loaded: it called process.exit(${code}).\n` +
      'Hint: Take that out, or do what it is for in start.\n',
  );
}
