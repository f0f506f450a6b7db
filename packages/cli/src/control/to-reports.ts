import type { Bot } from '@pertybot/core/host';
import type { Gadget, OutputInfo } from '@pertybot/plugin-gpio';
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
export function toGadgetReport(gadget: Gadget): BotStatusReport['gadgets'][number] {
  const { name, type, state, busy, pins, usage, waiting, verbs, ballot } = gadget;
  return {
    name,
    type,
    state,
    busy,
    pins: [...pins],
    usage,
    waiting,
    ...(ballot && { ballot: { ...ballot, choices: [...ballot.choices] } }),
    verbs: verbs.map(({ name: verb, about, value }) => {
      return { name: verb, about, ...(value !== undefined && { value }) };
    }),
  };
}

/** An output as status tells it. */
export function toOutputReport(output: OutputInfo): BotStatusReport['outputs'][number] {
  const { gadget, pin, on, kind, level, limits, share, dryRun, onTimeLeft, fault, unguarded } =
    output;
  return {
    gadget,
    pin,
    on,
    kind,
    level,
    ...(limits.maxOn !== undefined && { maxOn: limits.maxOn }),
    ...(share !== undefined && { share }),
    ...(dryRun && { dryRun }),
    ...(onTimeLeft !== undefined && { onTimeLeft }),
    ...(fault !== undefined && { fault }),
    ...(unguarded && { unguarded }),
  };
}
