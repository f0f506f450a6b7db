import { v } from '@pertybot/core';

/** An option of a plugin's config, for the comment that `plugins add` writes. */
export interface PluginOption {
  readonly name: string;
  readonly required: boolean;
  /** As YAML would have it; undefined where there is none. */
  readonly default?: string | undefined;
  readonly about?: string | undefined;
}

const optionSchema = v.object({
  name: v.string(),
  required: v.boolean(),
  default: v.optional(v.string()),
  about: v.optional(v.string()),
});

/** What the process that tried a plugin says. */
export const inspectionSchema = v.variant('ok', [
  v.object({
    ok: v.literal(true),
    name: v.string(),
    about: v.optional(v.string()),
    packageName: v.optional(v.string()),
    version: v.optional(v.string()),
    /** Folder of its package. */
    packageFolder: v.optional(v.string()),
    needs: v.array(v.string()),
    provides: v.array(v.string()),
    scopes: v.array(v.string()),
    options: v.array(optionSchema),
  }),
  v.object({
    ok: v.literal(false),
    code: v.optional(v.string()),
    message: v.string(),
    hint: v.optional(v.string()),
  }),
]);

/** The answer of the process that tried a plugin. */
export type Inspection = v.InferOutput<typeof inspectionSchema>;

/** A plugin that could be loaded. */
export type InspectedPlugin = Extract<Inspection, { ok: true }>;
