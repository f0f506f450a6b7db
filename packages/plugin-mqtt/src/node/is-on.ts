import type { SharedGadget, SharedGadgets } from '@pertybot/core';

type Gadgets = Pick<SharedGadgets, 'find' | 'outputs'>;

/** Whether something goes on at a gadget, waits there, or has left its safe level. */
export function isOn(gadget: SharedGadget, gadgets: Gadgets, seen = new Set<string>()): boolean {
  if (seen.has(gadget.name)) return false;
  seen.add(gadget.name);
  if (gadget.busy || gadget.waiting > 0) return true;
  const own = gadgets.outputs.filter((output) => output.gadget === gadget.name);
  if (own.some(({ on }) => on)) return true;
  const driven = gadget.drives.flatMap((name) => gadgets.find(name) ?? []);
  if (driven.some((each) => isOn(each, gadgets, seen))) return true;
  // One without pins, such as a lamp in the network, is on until it says that it is off.
  return own.length === 0 && gadget.drives.length === 0 && gadget.state !== 'off';
}
