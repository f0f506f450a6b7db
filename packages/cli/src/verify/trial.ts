import { v } from '@pertybot/core';
import { pluginNoteSchema } from '../notes/plugin-note.js';
import { pluginFactsSchema } from '../plugins/package-manifest.js';

/** A plugin that a trial loads. */
const triedPluginSchema = v.object({
  id: v.string(),
  /** Uses of it in the order in which they are tried, each from a folder: see the plugin loader. */
  ways: v.array(v.object({ use: v.string(), folder: v.string() })),
  config: v.optional(v.unknown()),
  /** Its config as plugins.yaml has it, for a note; undefined where it is tried with another. */
  written: v.optional(v.string()),
});

/** A plugin that a trial loads. */
export type TriedPlugin = v.InferOutput<typeof triedPluginSchema>;

/** Schema of {@link TrialOrder}. */
export const trialOrderSchema = v.object({
  plugin: triedPluginSchema,
  /** Plugins that provide what it needs. */
  beside: v.array(triedPluginSchema),
  /** Folder of the bot, as plugins see it. */
  folder: v.string(),
  /** A folder that is removed afterwards. */
  temporary: v.string(),
  /** Milliseconds that a start may take; as in a bot when undefined. */
  startTimeout: v.optional(v.number()),
});

/** What the process of a trial is told. */
export type TrialOrder = v.InferOutput<typeof trialOrderSchema>;

/** What a trial does, in this order. */
const phases = ['load', 'config', 'start', 'stop', 'second start', 'end'] as const;

/** A part of a trial. */
export type TrialPhase = (typeof phases)[number];

const findingSchema = v.object({
  level: v.picklist(['ok', 'info', 'warning', 'error']),
  subject: v.string(),
  message: v.string(),
  hint: v.exactOptional(v.string()),
});

/** Schema of {@link TrialReport}. */
export const trialReportSchema = v.object({
  /** What begins now. */
  phase: v.picklist(phases),
  /** What was found since the last report. */
  findings: v.array(findingSchema),
  /** What its package should say of the plugin; its commands are known after the start alone. */
  facts: v.exactOptional(v.partial(pluginFactsSchema)),
  /** What it brought. */
  note: v.exactOptional(pluginNoteSchema),
});

/** What the process of a trial tells. */
export type TrialReport = v.InferOutput<typeof trialReportSchema>;
