import { v } from '@pertybot/core';
import { pluginNoteSchema } from '../notes/plugin-note.js';

/** Schema of {@link TryOrder}. */
export const tryOrderSchema = v.object({
  /** Of the bot. */
  folder: v.string(),
  /** A folder that is removed afterwards, the only one in which may be written. */
  stateFolder: v.string(),
  /** Variables that plugins.yaml names, as far as the owner's shell has them. */
  env: v.record(v.string(), v.string()),
  resolveFrom: v.array(v.string()),
});

/** What the process is told that tries a bot. */
export type TryOrder = v.InferOutput<typeof tryOrderSchema>;

const triedSchema = v.object({
  id: v.string(),
  /** Name of its state. */
  state: v.string(),
  /** Why it failed. */
  fault: v.exactOptional(
    v.object({ message: v.string(), hint: v.exactOptional(v.string()), certain: v.boolean() }),
  ),
  note: v.exactOptional(pluginNoteSchema),
});

/** Schema of {@link TryReport}. */
export const tryReportSchema = v.variant('ok', [
  v.object({
    ok: v.literal(true),
    plugins: v.array(triedSchema),
    /** Where plugins wanted, and waited for nobody's answer, what they may not while they are tried. */
    denied: v.array(v.string()),
  }),
  v.object({ ok: v.literal(false), message: v.string(), hint: v.exactOptional(v.string()) }),
]);

/** What the process tells that tries a bot. */
export type TryReport = v.InferOutput<typeof tryReportSchema>;

/** What came of a trial. */
export type TriedBot = Extract<TryReport, { ok: true }>;

/** What is told of a plugin that wanted more than a trial allows. */
export const deniedInWords =
  'It wants to start a program, or to write a file, which it may not while it is only tried; it can look at isTrial.';
