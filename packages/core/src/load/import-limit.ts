import { PluginError } from '../contracts/errors.js';

/** How the import of a plugin's module is waited for. */
export interface ImportPatience {
  /** Told once when an import takes longer than anybody expects, 2 s. */
  readonly onSlow?: ((use: string) => void) | undefined;
  /** Fires when something newer waits: an import that takes so long is then given up. */
  readonly hurry?: AbortSignal | undefined;
  /** Milliseconds after which an import is given up. @default 30 s */
  readonly limit?: number | undefined;
}

/** Milliseconds after which an import is told of. */
const slow = 2_000;

const usualLimit = 30_000;

/**
 * Waits for an import, which has no end when the module's top level waits for something that does not come.
 * @throws PluginError PLUGIN_LOAD_TIMEOUT after its time
 */
export async function awaitImport<Module>(
  importing: Promise<Module>,
  use: string,
  { onSlow, hurry, limit = usualLimit }: ImportPatience,
): Promise<Module> {
  let timer: NodeJS.Timeout | undefined;
  let end = () => {};
  const late = new Promise<never>((_, reject) => {
    end = () => reject(tooLate(use));
    const begun = performance.now();
    const wait = (time: number, then: () => void) => {
      timer = setTimeout(then, time);
    };
    wait(slow, () => {
      onSlow?.(use);
      if (hurry?.aborted) return end();
      hurry?.addEventListener('abort', end, { once: true });
      wait(limit - (performance.now() - begun), end);
    });
  });
  try {
    return await Promise.race([importing, late]);
  } finally {
    clearTimeout(timer);
    hurry?.removeEventListener('abort', end);
  }
}

function tooLate(use: string): PluginError {
  return new PluginError('PLUGIN_LOAD_TIMEOUT', `"${use}" does not finish loading.`, {
    hint: 'Its top level, or that of what it imports, waits for something: move that into start, which may take its time.',
  });
}
