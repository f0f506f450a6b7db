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

const property = v.looseObject({
  default: v.optional(v.unknown()),
  description: v.optional(v.string()),
});

const schema = v.looseObject({
  properties: v.optional(v.record(v.string(), v.unknown()), {}),
  required: v.optional(v.array(v.string()), []),
});

/** The options that a plugin's JSON Schema tells of, in its order. */
export function optionsOf(jsonSchema: object | undefined): readonly PluginOption[] {
  const parsed = v.safeParse(schema, jsonSchema);
  if (!parsed.success) return [];
  return Object.entries(parsed.output.properties).map(([name, value]) => {
    const known = v.safeParse(property, value);
    const { default: standard, description } = known.success ? known.output : {};
    return {
      name,
      required: parsed.output.required.includes(name) && standard === undefined,
      ...(standard !== undefined && { default: JSON.stringify(standard) }),
      ...(description !== undefined && { about: description }),
    };
  });
}

/** The lines, without `#`, in which plugins.yaml shows what a plugin's config may hold. */
export function describeOptions(options: readonly PluginOption[]): readonly string[] {
  if (options.length === 0) return [];
  const rows = options.map((option) => {
    const value = option.default === undefined ? '' : ` ${option.default}`;
    const remark = option.required ? 'required' : option.default === undefined ? 'optional' : '';
    const about = [remark, option.about].filter(Boolean).join('; ');
    return `  ${option.name}:${value}${about === '' ? '' : `  # ${about}`}`;
  });
  return ['config:', ...rows];
}
