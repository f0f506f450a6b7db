import type { SharedGadget, SharedGadgets } from '@pertybot/core';
import type { SharedOutput } from '@pertybot/core/host';
import {
  type AnnouncedGadget,
  type Announcement,
  type GadgetState,
  largestAnnouncement,
} from '../protocol/messages.js';
import { isPlainName } from '../protocol/names.js';

type Gadgets = Pick<SharedGadgets, 'list' | 'outputs'>;

/** The gadgets of this machine that can be named over MQTT and do something. */
function ownGadgets({ list }: Gadgets): readonly SharedGadget[] {
  const own = list.filter(
    ({ node, name, verbs }) => !node && isPlainName(name) && verbs.length > 0,
  );
  return own.slice(0, 200);
}

function outputsOf(
  gadget: SharedGadget,
  outputs: readonly SharedOutput[],
): readonly SharedOutput[] {
  return outputs.filter((output) => output.gadget === gadget.name).slice(0, 16);
}

/**
 * What this machine has, cut to what a host takes.
 * @param cut hears how many gadgets are left out
 */
export function announce(
  session: string,
  gadgets: Gadgets,
  cut: (count: number) => void = () => {},
): Announcement {
  const { outputs } = gadgets;
  const all = ownGadgets(gadgets).map((gadget) => toAnnounced(gadget, outputsOf(gadget, outputs)));
  const count = all.length;
  while (Buffer.byteLength(JSON.stringify(all)) > largestAnnouncement - 1_024) all.pop();
  if (all.length < count) cut(count - all.length);
  return { session, gadgets: all };
}

/** How its gadgets are, cut to what a host takes. */
export function statesOf(gadgets: Gadgets): Record<string, GadgetState> {
  const { outputs } = gadgets;
  const all = ownGadgets(gadgets).map((gadget) => {
    const { name, state, busy, waiting } = gadget;
    const on = outputsOf(gadget, outputs).map((output) => output.on);
    return [name, { state: state.slice(0, 60), busy, waiting, on }] as const;
  });
  while (Buffer.byteLength(JSON.stringify(all)) > largestAnnouncement - 1_024) all.pop();
  return Object.fromEntries(all);
}

function toAnnounced(gadget: SharedGadget, outputs: readonly SharedOutput[]): AnnouncedGadget {
  const { name, type, about, usage, direct, verbs, pins, drives } = gadget;
  return {
    name,
    type: type.slice(0, 30),
    about: about.slice(0, 200),
    usage: usage.slice(0, 400),
    ...(direct !== undefined && isPlainName(direct) ? { direct } : {}),
    verbs: verbs
      .filter((verb) => isPlainName(verb.name))
      .slice(0, 40)
      .map(({ name: verb, about: does, value, lasts, urgent }) => ({
        name: verb,
        about: does.slice(0, 200),
        ...(value === undefined ? {} : { value: value.slice(0, 30) }),
        ...(isTime(lasts) ? { lasts } : {}),
        ...(urgent ? { urgent } : {}),
      })),
    pins: pins.slice(0, 16).map((pin) => pin.slice(0, 30)),
    drives: drives.filter(isPlainName).slice(0, 40),
    outputs: outputs.map(({ pin, kind, maxOn, minOff, maxTogglesPerSecond, ...output }) => ({
      pin: pin.slice(0, 30),
      kind: kind.slice(0, 30),
      ...(isTime(maxOn) ? { maxOn } : {}),
      ...(isTime(minOff) ? { minOff } : {}),
      ...(isTime(maxTogglesPerSecond) ? { maxTogglesPerSecond } : {}),
      ...(output.dryRun ? { dryRun: true } : {}),
      ...(output.driver === undefined ? {} : { driver: output.driver.slice(0, 30) }),
      ...(output.guardian === undefined ? {} : { guardian: output.guardian }),
    })),
  };
}

/** One without an end is no number in JSON. */
function isTime(time: number | undefined): time is number {
  return time !== undefined && Number.isFinite(time) && time >= 0;
}
