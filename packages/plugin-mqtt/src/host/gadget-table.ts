import type { Logger, RegisterCommand, SharedGadget, Undo } from '@pertybot/core';
import { isReservedCommand, messageOf } from '@pertybot/core';
import type { SharedOutput } from '@pertybot/core/host';
import type { AnnouncedGadget } from '../protocol/messages.js';
import type { NodeView } from './node-view.js';
import { fingerprintOf, registerRemoteCommand } from './remote-command.js';
import { RemoteGadget } from './remote-gadget.js';

/** A gadget with its command. */
interface Entry {
  readonly gadget: RemoteGadget;
  /** What its command was made of; undefined where there is none. */
  made: string | undefined;
  undo: Undo;
  /** Why it cannot be had. */
  problem: string | undefined;
}

/** The gadgets of all nodes by the names that they have here, each with its chat command. */
export class GadgetTable {
  private readonly entries = new Map<string, Entry>();

  constructor(
    private readonly log: Pick<Logger, 'warn'>,
    /** Undefined where nothing is registered: for whoever only looks. */
    private readonly command: RegisterCommand | undefined,
  ) {}

  get list(): readonly RemoteGadget[] {
    return [...this.entries.values()].flatMap(({ gadget, problem }) => (problem ? [] : gadget));
  }

  get outputs(): readonly SharedOutput[] {
    return this.list.flatMap(({ outputs }) => outputs);
  }

  find(name: string): SharedGadget | undefined {
    const entry = this.entries.get(name);
    return entry?.problem === undefined ? entry?.gadget : undefined;
  }

  /** Those of one node, with what is wrong with them. */
  of(view: NodeView): readonly { readonly gadget: RemoteGadget; readonly problem?: string }[] {
    return [...this.entries.values()]
      .filter(({ gadget }) => gadget.view === view)
      .map(({ gadget, problem }) => ({ gadget, ...(problem === undefined ? {} : { problem }) }));
  }

  /** Takes what a node says that it has; what it has no more goes. */
  take(view: NodeView, announced: readonly AnnouncedGadget[]): void {
    const { only, as } = view.settings;
    const wanted = announced.filter(({ name }) => only?.includes(name) ?? true);
    const named = new Map(wanted.map((said) => [as ? `${as}-${said.name}` : said.name, said]));
    for (const [name, entry] of this.entries) {
      if (entry.gadget.view !== view || named.has(name)) continue;
      entry.undo();
      this.entries.delete(name);
    }
    for (const [name, said] of named) this.set(view, name, said);
  }

  clear(): void {
    for (const { undo } of this.entries.values()) undo();
    this.entries.clear();
  }

  private set(view: NodeView, name: string, said: AnnouncedGadget): void {
    const known = this.entries.get(name);
    if (known && known.gadget.view !== view) {
      const other = known.gadget.node;
      this.warn(`"${name}" of "${view.name}" cannot be had: "${other}" has one of that name.`);
      return;
    }
    known?.gadget.update(said);
    const gadget = known?.gadget ?? new RemoteGadget(name, view, said);
    const entry = known ?? { gadget, made: undefined, undo: () => {}, problem: undefined };
    this.entries.set(name, entry);
    this.register(entry);
  }

  private register(entry: Entry): void {
    const { gadget } = entry;
    const made = fingerprintOf(gadget);
    if (entry.made === made) return;
    entry.undo();
    entry.undo = () => {};
    entry.made = made;
    entry.problem = isReservedCommand(gadget.name) ? 'Its name is reserved.' : undefined;
    if (this.command === undefined || entry.problem || gadget.verbs.length === 0) return;
    try {
      entry.undo = registerRemoteCommand(gadget, this.command);
    } catch (error) {
      entry.problem = messageOf(error);
      this.warn(`"${gadget.name}" of "${gadget.node}" cannot be had: ${entry.problem}`);
    }
  }

  private warn(message: string): void {
    this.log.warn(`${message} Write "as:" at one of the nodes in plugins.yaml.`);
  }
}
