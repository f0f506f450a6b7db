import { keepCompiled } from './start/compile-cache.js';
import { findLocalCopy } from './start/local-copy.js';

/** Runs the command line. `bin/run.js` calls it once Node is known to be new enough. */
export async function main(): Promise<void> {
  // Node would open its debugger to everybody on the machine; the stop is SIGUSR2, one digit beside it.
  process.on('SIGUSR1', () => {});
  keepCompiled();
  const words = process.argv.slice(2);
  const copy = await findLocalCopy(words, process.cwd());
  if (copy !== undefined) {
    if (copy.remark !== undefined) process.stderr.write(`${copy.remark}\n`);
    const program: { main(): Promise<void> } = await import(copy.url);
    return program.main();
  }
  if (words[0] === 'start') {
    const { startDirectly } = await import('./direct-start.js');
    if (await startDirectly(words.slice(1))) return;
  }
  const { execute, settings } = await import('@oclif/core');
  // Ours is compiled; oclif would otherwise look for the sources where NODE_ENV is "test".
  settings.enableAutoTranspile = false;
  await execute({ dir: import.meta.url });
  // A plugin that was looked at may have left something open.
  const { endSoon } = await import('./bot-process/end-soon.js');
  endSoon();
}
