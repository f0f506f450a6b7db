import { type SharedGadget } from '@pertybot/core';
import type { Bot, SharedOutput } from '@pertybot/core/host';
import type { RemoteNode } from '@pertybot/plugin-mqtt';
import type { BotStatusReport, RefusalReport } from './control-protocol.js';

type Remembered = Bot['refusals'][number] | Bot['redemptions'][number];

/** What was refused, or redeemed, as it is told. */
export function toRefusalReport(remembered: Remembered): RefusalReport[number] {
  const { time, user, command, redemption } = remembered;
  const isRefused = 'reason' in remembered;
  const { reason, text, retryAfter } = isRefused ? remembered : nothing;
  return {
    time: new Date(time).toISOString(),
    user: user.login,
    command,
    ...(reason !== undefined && { reason }),
    ...(text !== undefined && { text }),
    ...(retryAfter !== undefined && { retryAfter }),
    ...(redemption && { redemption: { title: redemption.title, cost: redemption.cost } }),
  };
}

const nothing: Partial<Bot['refusals'][number]> = {};

/** A gadget as status tells it. */
export function toGadgetReport(gadget: SharedGadget): BotStatusReport['gadgets'][number] {
  const { name, type, state, busy, pins, usage, waiting, verbs, node, away, ballot } = gadget;
  return {
    name,
    type,
    state,
    busy,
    pins: pins.map((pin) => placeOf(pin, node)),
    usage,
    ...(node !== undefined && { node }),
    ...(away && { away: away.text ?? away.reason }),
    waiting,
    ...(ballot && { ballot: { ...ballot, choices: [...ballot.choices] } }),
    verbs: verbs.map(({ name: verb, about, value }) => {
      return { name: verb, about, ...(value !== undefined && { value }) };
    }),
  };
}

/** An output as status tells it. */
export function toOutputReport(output: SharedOutput): BotStatusReport['outputs'][number] {
  const { gadget, pin, on, kind, level, node, guardian, maxOn, share, dryRun } = output;
  const { onTimeLeft, fault, unguarded } = output;
  return {
    gadget,
    pin: placeOf(pin, node),
    on,
    kind,
    level,
    ...(node !== undefined && { node }),
    ...(guardian !== undefined && { guardian }),
    ...(maxOn !== undefined && { maxOn }),
    ...(share !== undefined && { share }),
    ...(dryRun && { dryRun }),
    ...(onTimeLeft !== undefined && { onTimeLeft }),
    ...(fault !== undefined && { fault }),
    ...(unguarded && { unguarded }),
  };
}

/** A machine as status tells of it. */
export function toNodeReport({
  gadgets,
  ...node
}: RemoteNode): NonNullable<BotStatusReport['nodes']>[number] {
  const { name, state, problem, hint, heardAgo, roundTrip, stop, driver } = node;
  return {
    ...{ name, state, problem, hint, heardAgo, roundTrip, stop, driver },
    gadgets: gadgets.map((gadget) => gadget.name),
  };
}

/** `GPIO17`, or `garage/GPIO17`: a pin of another machine is none of this header. */
function placeOf(pin: string, node: string | undefined): string {
  return node === undefined ? pin : `${node}/${pin}`;
}
