import { type PluginTrace, v } from '@pertybot/core';
import { type Bot } from '@pertybot/core/host';
import { Gadgets, Gpio } from '@pertybot/plugin-gpio';
import { type PluginNote, pluginNoteSchema } from './plugin-note.js';

/** A bot whose plugins run. */
export interface RunningBot {
  readonly find: Bot['find'];
  traceOf(id: string): PluginTrace;
}

/**
 * What a running plugin has brought.
 * @returns undefined where it is more than a note holds
 */
export function noteOf(bot: RunningBot, id: string, fingerprint: string): PluginNote | undefined {
  const { commands, events } = bot.traceOf(id);
  const gadgets = bot.find(Gadgets);
  // A gadget is that of whoever has its command.
  const names = new Set(commands.map(({ signature }) => signature.split(' ')[0]));
  const note = {
    fingerprint,
    commands,
    events,
    kinds: (gadgets?.kinds ?? []).flatMap(({ type, plugin }) => (plugin === id ? [type] : [])),
    gadgets: (gadgets?.list ?? [])
      .filter(({ name }) => names.has(name))
      .map(({ name, type, usage, pins, drives, verbs }) => {
        return { name, type, usage, pins, drives, verbs };
      }),
    outputs: (bot.find(Gpio)?.outputs ?? []).filter(({ plugin }) => plugin === id),
  };
  const parsed = v.safeParse(pluginNoteSchema, JSON.parse(noteText(note)));
  return parsed.success ? parsed.output : undefined;
}

/** A note as JSON, which has no word for a time that nothing limits. */
export function noteText(note: object): string {
  return JSON.stringify(note, (_, value: unknown) =>
    value === Number.POSITIVE_INFINITY ? undefined : value,
  );
}
