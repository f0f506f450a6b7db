import { entryOf } from '../parts/entry-of.js';

/** The stations on the way of what asks for something, in their order. */
export const stages = [
  'heard',
  'parsed',
  'role',
  'arguments',
  'cooldown',
  'queue',
  'guard',
  'driver',
  'reply',
] as const;

/** A station on the way. */
export type Stage = (typeof stages)[number];

/** Stations that one who has paid does not pass: the price stands in their place. */
export const unpaidStages: readonly Stage[] = ['role', 'cooldown'];

/** Where a refusal of that reason happens. Those of plugins are taken for their gadgets' own guard. */
export function stageOf(reason: string): Stage {
  if (reason.startsWith('pin.')) return 'guard';
  return entryOf(places, reason) ?? 'guard';
}

const places: Readonly<Record<string, Stage>> = {
  starting: 'heard',
  stopping: 'heard',
  late: 'heard',
  unknown: 'parsed',
  disabled: 'parsed',
  offline: 'parsed',
  role: 'role',
  arguments: 'arguments',
  'gadget.verb': 'arguments',
  'gadget.value': 'arguments',
  'gadget.noValue': 'arguments',
  cooldown: 'cooldown',
  queue: 'queue',
  busy: 'queue',
  stopped: 'queue',
  'gadget.busy': 'queue',
  'gadget.queue': 'queue',
  'gadget.ended': 'queue',
  'gadget.crowd': 'queue',
  estop: 'guard',
  withdrawn: 'guard',
  fault: 'driver',
  timeout: 'driver',
  cut: 'driver',
  unmoved: 'driver',
  'gadget.failed': 'driver',
  'gadget.rests': 'driver',
  'gadget.missing': 'driver',
  'gadget.reading': 'driver',
  unsaid: 'reply',
};

/** Why, for reasons that have no sentence of their own. */
export function wordsOf(reason: string): string {
  return entryOf(words, reason) ?? reason;
}

const words: Readonly<Record<string, string>> = {
  starting: 'the bot was still starting',
  stopping: 'the bot was about to stop',
  unknown: 'there is no such command',
  disabled: 'it is switched off',
  role: 'this viewer may not',
  arguments: 'its arguments are wrong',
  late: 'it came too late',
  cooldown: 'it is on cooldown',
  queue: 'too many were waiting',
  busy: 'too many calls of it have not ended',
  fault: 'it failed too often',
  stopped: 'everything was stopped while it waited',
  offline: 'the stream is not live',
  timeout: 'it took too long',
  withdrawn: 'it was taken back',
  cut: 'it was ended too early',
  unmoved: 'nothing moved',
};
