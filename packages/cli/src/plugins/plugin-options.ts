import { v } from '@pertybot/core';
import type { PluginOption } from './inspected-plugin.js';

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
