import { loadComposition } from '../../src/host/composition.js';
import type { Plugin } from '../../src/index.js';

/** Composes the text of a plugins.yaml of plugins that are there by their `use:`; a variable need not be set. */
export function composeOf(installed: Readonly<Record<string, Plugin>>) {
  const loader = {
    load: async (use: string) => {
      const plugin = installed[use];
      if (!plugin) throw new Error(`There is no ${use}.`);
      return { plugin, module: use, resolved: { kind: 'local', file: use } as const, files: [] };
    },
  };
  return (text: string, { mayLack = true } = {}) =>
    loadComposition(text, { environment: {}, overlay: {}, loader, mayLack });
}
