import type { RegisteredCommand } from './command-registry.js';

/** Tells authors whose handlers return a text, where they most likely meant to reply with it. */
export class ReturnedTexts {
  private readonly told = new WeakSet<RegisteredCommand>();

  /** Says it once for each command. */
  tell(command: RegisteredCommand): void {
    if (this.told.has(command)) return;
    this.told.add(command);
    command.owner.log.warn(
      `The command "${command.name}" returned a text, which nobody is told. Write: reply(text)`,
    );
  }
}
