import type { CommandError, CommandHandler, CommandOptions } from '../contracts/command.js';
import type { Undo } from '../contracts/consumer.js';
import { toCommandTrace } from '../contracts/declaration.js';
import { isReservedCommand } from '../contracts/emergency-stop.js';
import { ArgumentTypeCache } from './argument-types.js';
import { checkCommandOptions } from './author-options.js';
import { parseSignature, requireSignature } from './command-signature.js';
import { type CommandOwner, type RegisteredCommand, toRegistered } from './registered-command.js';
import {
  handlerError,
  isTuned,
  namesOf,
  reservedError,
  takenError,
} from './registration-errors.js';

export type { CommandOwner, RegisteredCommand };

/** A name that two commands want. */
export interface Clash {
  readonly error: CommandError;
  /** The one that has it. */
  readonly holder: RegisteredCommand;
  readonly name: string;
}

/** Told of a command that nobody can call, since another one has its name. */
export type OnClash = (command: RegisteredCommand, clash: Clash) => void;

/** All commands by name and alias. Finding one is one look-up, however many there are. */
export class CommandRegistry {
  private readonly byName = new Map<string, RegisteredCommand>();
  private readonly commands = new Set<RegisteredCommand>();
  /** Commands whose name another one has that stands above them, and which. */
  private lost = new Map<RegisteredCommand, RegisteredCommand>();
  /** Commands that give way to others of their name, and come back when those are gone. */
  private readonly yielding = new Set<RegisteredCommand>();
  private readonly types = new ArgumentTypeCache();

  constructor(private readonly onClash: OnClash = () => {}) {}

  /** @returns the command that is called `name`, which must be lower case */
  find(name: string): RegisteredCommand | undefined {
    return this.byName.get(name);
  }

  /** Each command that is shown once, by name. */
  get all(): readonly RegisteredCommand[] {
    return [...new Set(this.byName.values())]
      .filter(({ owner }) => owner.isListed?.() ?? true)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** What the plugin `id` registered, also what nobody can call. */
  of(id: string): readonly RegisteredCommand[] {
    return [...this.commands].filter(({ owner }) => owner.id === id);
  }

  /**
   * Adds a command. Where two plugins want one name, the one that stands first in plugins.yaml has it,
   * whichever started first; the other's command cannot be called until that is gone.
   * @throws CommandError when the signature or an option is wrong, the handler is none, or a name is reserved
   * or the plugin's own already
   */
  add(
    owner: CommandOwner,
    signature: string,
    options: CommandOptions<never>,
    handler: CommandHandler<never>,
  ): Undo {
    requireSignature(signature);
    // A plugin in JavaScript is told of nothing by its editor.
    if (typeof handler !== 'function' || typeof options !== 'object' || options === null) {
      throw handlerError(owner, signature, options);
    }
    checkCommandOptions(owner.id, signature, options);
    const command = toRegistered(owner, parseSignature(signature, options.types, this.types), {
      trace: toCommandTrace(signature, options),
      options,
      handler,
    });
    const names = namesOf(command);
    for (const name of names) {
      if (isReservedCommand(name) && !owner.isCore) throw reservedError(name, command);
      const own = this.ownerOf(name, owner);
      // What the owner of the bot named so costs that command, not the plugin.
      if (own && !isTuned(name, own, command)) throw takenError(name, own, command);
    }
    this.commands.add(command);
    if (owner.yields) this.yielding.add(command);
    else if (this.holderOf(command)) this.settle();
    else for (const name of names) this.byName.set(name, command);
    this.offerFree();
    return () => this.remove(command);
  }

  private remove(command: RegisteredCommand): void {
    this.commands.delete(command);
    this.yielding.delete(command);
    for (const name of namesOf(command)) {
      if (this.byName.get(name) === command) this.byName.delete(name);
    }
    this.lost.delete(command);
    const isMissed = this.lost.size > 0 && [...this.lost.values()].includes(command);
    if (isMissed) this.settle();
    this.offerFree();
  }

  /** Gives every name to whoever stands first for it, after plugins.yaml changed their order. */
  settle(): void {
    const lost = new Map<RegisteredCommand, RegisteredCommand>();
    this.byName.clear();
    for (const command of inOrder(this.commands)) {
      if (command.owner.yields) continue;
      const holder = this.holderOf(command);
      if (holder) lost.set(command, holder);
      else for (const name of namesOf(command)) this.byName.set(name, command);
    }
    this.offerFree();
    const before = this.lost;
    this.lost = lost;
    for (const [command, holder] of lost) {
      if (before.get(command) === holder) continue;
      const [name = ''] = namesOf(command).filter((each) => this.byName.get(each) === holder);
      this.onClash(command, { error: takenError(name, holder, command), holder, name });
    }
  }

  /** Who has one of the names of a command. */
  private holderOf(command: RegisteredCommand): RegisteredCommand | undefined {
    for (const name of namesOf(command)) {
      const holder = this.byName.get(name);
      if (holder && !holder.owner.yields) return holder;
    }
    return undefined;
  }

  /** The command of that name which is the same plugin's. */
  private ownerOf(name: string, { id, yields }: CommandOwner): RegisteredCommand | undefined {
    if (yields) return undefined;
    const holder = this.byName.get(name);
    if (holder && !holder.owner.yields && holder.owner.id === id) return holder;
    return [...this.lost.keys()].find(
      (command) => command.owner.id === id && namesOf(command).includes(name),
    );
  }

  /** Gives the names that nobody else has to the commands that give way. */
  private offerFree(): void {
    for (const command of this.yielding) {
      for (const name of namesOf(command)) {
        if (!this.byName.has(name)) this.byName.set(name, command);
      }
    }
  }
}

/** As plugins.yaml has their plugins; those of one plugin as they were registered. */
function inOrder(commands: Iterable<RegisteredCommand>): readonly RegisteredCommand[] {
  const placeOf = ({ owner }: RegisteredCommand) => owner.place?.() ?? (owner.isCore ? -1 : 0);
  return [...commands].sort((a, b) => placeOf(a) - placeOf(b));
}
