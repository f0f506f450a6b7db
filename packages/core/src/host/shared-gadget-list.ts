import { type Consumer, forPlugin, type PerPlugin, type Undo } from '../contracts/consumer.js';
import type {
  GadgetSource,
  SharedGadget,
  SharedGadgets,
  SharedOutput,
} from '../contracts/shared-gadgets.js';

/** The gadgets of all plugins that share some. */
export class SharedGadgetList implements SharedGadgets, PerPlugin<SharedGadgets> {
  private readonly sources = new Set<{ readonly source: GadgetSource }>();
  private readonly listeners = new Set<{ readonly listener: () => void }>();

  get list(): readonly SharedGadget[] {
    return [...this.sources].flatMap(({ source }) => source.list);
  }

  get outputs(): readonly SharedOutput[] {
    return [...this.sources].flatMap(({ source }) => source.outputs);
  }

  find(name: string): SharedGadget | undefined {
    for (const { source } of this.sources) {
      const found = source.find(name);
      if (found) return found;
    }
    return undefined;
  }

  share(source: GadgetSource): Undo {
    const entry = { source };
    this.sources.add(entry);
    this.changed();
    return () => {
      if (this.sources.delete(entry)) this.changed();
    };
  }

  changed(): void {
    for (const { listener } of [...this.listeners]) listener();
  }

  onChange(listener: () => void): Undo {
    const entry = { listener };
    this.listeners.add(entry);
    return () => void this.listeners.delete(entry);
  }

  [forPlugin](consumer: Consumer): SharedGadgets {
    const all = this;
    const undone = (undo: Undo) => {
      consumer.onStop(undo);
      return undo;
    };
    return {
      get list() {
        return all.list;
      },
      get outputs() {
        return all.outputs;
      },
      find: (name) => all.find(name),
      share: (source) => undone(all.share(source)),
      changed: () => all.changed(),
      onChange: (listener) =>
        undone(all.onChange(() => consumer.run('listener of gadgets', listener))),
    };
  }
}
