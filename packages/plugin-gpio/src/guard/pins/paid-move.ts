import { attributionNow, type PaidDeed, type Refusal } from '@pertybot/core';
import { refuseWith } from '../../refuse-with.js';

/** An output that is asked to change. */
interface AskedOutput {
  readonly identity: {
    readonly name: string;
    /** Such as `GPIO17`. */
    readonly pin: string;
    /** Whether its pin never moves. */
    readonly dryRun: boolean;
  };
  readonly on: boolean;
}

/** Tells whoever paid for it that an output has moved: what the pin does is the proof. */
export class PaidMove {
  private deed: PaidDeed | undefined;
  private end: ((byItself: boolean) => void) | undefined;

  constructor(private readonly output: AskedOutput['identity']) {}

  /** Says that the output leaves its safe level now. @returns why it must not */
  willMove(): Refusal | undefined {
    this.deed = attributionNow()?.deed;
    const { name, pin, dryRun } = this.output;
    if (this.deed === undefined || !dryRun) return this.deed?.willMove(`${name} (${pin})`);
    this.deed.refused(refuseWith('pin.dryRun', { gadget: name }));
    this.deed = undefined;
    return undefined;
  }

  /** It has. @param time milliseconds for which it is wanted */
  moved(time: number | undefined): void {
    this.end = this.deed?.moved(time);
  }

  /** It is brighter or darker now. */
  changed(): void {
    if (!this.output.dryRun) attributionNow()?.deed?.changed();
  }

  /** It is back. */
  ended(): void {
    const { end, deed } = this;
    this.end = undefined;
    end?.(attributionNow()?.deed === deed);
  }
}

/** Has whoever paid for it hear that an output is asked to go on, and why it does not. */
export function askOn(
  { identity: { name }, on }: AskedOutput,
  turnOn: () => Promise<Refusal | undefined>,
): Promise<Refusal | undefined> {
  const deed = attributionNow()?.deed;
  return deed === undefined ? turnOn() : askForDeed(deed, { name, on }, turnOn);
}

async function askForDeed(
  deed: PaidDeed,
  { name, on }: { readonly name: string; readonly on: boolean },
  turnOn: () => Promise<Refusal | undefined>,
): Promise<Refusal | undefined> {
  deed.asked();
  if (deed.over) return deed.over;
  const refusal = await turnOn();
  if (refusal) deed.refused(refusal);
  else if (on) deed.refused(refuseWith('pin.already', { gadget: name }));
  return refusal;
}

/** The same of an output that is switched off. */
export function askOff({ on, identity }: AskedOutput): void {
  const deed = attributionNow()?.deed;
  if (deed === undefined) return;
  deed.asked();
  if (on && !identity.dryRun) deed.changed();
  else deed.refused(refuseWith('pin.alreadyOff', { gadget: identity.name }));
}
