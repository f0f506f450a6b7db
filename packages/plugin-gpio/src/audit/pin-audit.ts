import { existsSync } from 'node:fs';
import path from 'node:path';
import { type AsyncUndo, attributionNow, type Clock, type Logger, type Undo } from '@pertybot/core';
import { type Actor, toActor } from './actor.js';
import { AuditFile } from './audit-file.js';
import { auditFilesOf, type PinUse } from './pin-use.js';

/** What of an output is noted. */
export interface AuditedOutput {
  readonly on: boolean;
  readonly identity: OutputName;
}

interface OutputName {
  readonly name: string;
  readonly pin: string;
  readonly dryRun: boolean;
}

/** What {@link PinAudit} stands on. */
interface PinAuditParts {
  /** Id of the plugin. */
  readonly plugin: string;
  readonly stateFolder: string;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Whoever tells of each change of its outputs. */
interface Audited {
  onChange: ((output: AuditedOutput) => void) | undefined;
}

/** What is switched on again so soon, by the same hand, blinks: that is one use. Milliseconds. */
const blinkGap = 1_000;

interface Use {
  readonly output: OutputName;
  readonly at: string;
  readonly by: Actor;
  times: number;
  /** Milliseconds, without what goes on now. */
  onFor: number;
  since: number;
  /** How it went off. */
  off: { readonly at: number; readonly by: Actor } | undefined;
  /** Whether the file tells all of it. */
  noted: boolean;
}

/** Keeps the audit of a guard's outputs, until the returned undo is called or the process ends. */
export function keepPinAudit(guard: Audited, parts: PinAuditParts): AsyncUndo {
  const audit = new PinAudit(parts);
  guard.onChange = (output) => audit.record(output);
  const atExit = () => audit.stopNow();
  process.on('exit', atExit);
  return async () => {
    guard.onChange = undefined;
    await audit.stop();
    process.off('exit', atExit);
  };
}

/** Notes who switched which pin when, for how long, and what ended it. */
class PinAudit {
  private readonly file: AuditFile;
  /** The last use of each pin. */
  private readonly uses = new Map<string, Use>();
  private begun = false;
  private cancel: Undo | undefined;

  constructor(private readonly parts: PinAuditParts) {
    const { plugin, stateFolder, log } = parts;
    const names = auditFilesOf(plugin);
    const place = (name: string) => path.join(stateFolder, name);
    this.file = new AuditFile(place(names.newer), place(names.older), log);
    // Says that whatever the last run left on is so no longer.
    if (existsSync(place(names.newer))) this.begin();
  }

  /** Hears of each change of an output, in the turn of whoever made it. Costs no write. */
  record({ on, identity }: AuditedOutput): void {
    const actor = toActor(attributionNow());
    if (on) this.switchedOn(identity, actor);
    else this.switchedOff(identity, actor);
  }

  /** Resolves when all is noted. */
  async stop(): Promise<void> {
    this.noteRest();
    await this.file.flush();
  }

  /** Notes all at once, for a process that ends. */
  stopNow(): void {
    this.noteRest();
    this.file.flushNow();
  }

  private switchedOn(output: OutputName, by: Actor): void {
    if (!this.begun) this.begin();
    const now = this.parts.clock.now();
    const last = this.uses.get(output.pin);
    if (last?.off && blinks(last.by, last.off.by, by) && now - last.off.at < blinkGap) {
      last.times += 1;
      last.since = now;
      last.off = undefined;
      return;
    }
    if (last) this.note(last);
    const at = this.parts.clock.date().toISOString();
    const use: Use = {
      output,
      at,
      by,
      times: 1,
      onFor: 0,
      since: now,
      off: undefined,
      noted: false,
    };
    this.uses.set(output.pin, use);
    this.note(use);
  }

  private switchedOff({ pin }: OutputName, by: Actor): void {
    const use = this.uses.get(pin);
    if (use === undefined || use.off) return;
    const now = this.parts.clock.now();
    use.onFor += now - use.since;
    use.off = { at: now, by };
    use.noted = false;
    if (use.times === 1) this.note(use);
    else this.cancel ??= this.parts.clock.after(blinkGap, () => this.noteRest());
  }

  private begin(): void {
    this.begun = true;
    this.file.write(JSON.stringify({ begin: this.parts.clock.date().toISOString() }));
  }

  private noteRest(): void {
    this.cancel?.();
    this.cancel = undefined;
    for (const use of this.uses.values()) this.note(use);
  }

  private note(use: Use): void {
    if (use.noted) return;
    use.noted = true;
    const { output, at, by, times, onFor, off } = use;
    const told: PinUse = {
      at,
      pin: output.pin,
      gadget: output.name,
      by,
      ...(output.dryRun && { dryRun: true }),
      ...(times > 1 && { times }),
      ...(off && { onFor: Math.round(onFor), end: off.by }),
    };
    this.file.write(JSON.stringify(told));
  }
}

/** Whether one hand switched on, off and on again. */
function blinks(first: Actor, ...others: readonly Actor[]): boolean {
  return others.every(
    ({ kind, name, command, reward }) =>
      kind === first.kind &&
      name === first.name &&
      command === first.command &&
      reward === first.reward,
  );
}
