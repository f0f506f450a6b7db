import { type Finding, messageOf, type Plugin, v } from '@pertybot/core';
import { toJsonSchema } from '@pertybot/core/host';
import { optionsOf } from '../plugins/inspected-plugin.js';

type Schema = NonNullable<Plugin['config']>;

const nameForm = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** A key that no schema knows. */
const strangeKey = 'surely-no-option-has-this-name';

/**
 * Looks at what a plugin says of itself.
 * @param id that it gets in plugins.yaml by itself
 */
export function checkNames(plugin: Plugin, id: string): readonly Finding[] {
  return [checkName(plugin.name, id), checkAbout(plugin.about)];
}

/** Looks at a plugin's schema, and whether it takes `config`. */
export async function checkConfig(plugin: Plugin, config: unknown): Promise<readonly Finding[]> {
  const subject = 'config';
  const { config: schema } = plugin;
  if (schema === undefined) return [{ level: 'ok', subject, message: 'It takes no config.' }];
  return [...(await checkJsonSchema(schema)), await checkStrict(schema, config)];
}

/** What is wrong with a config, in words; none when the plugin takes it. */
export async function faultsOf(plugin: Plugin, config: unknown): Promise<readonly string[]> {
  const { config: schema } = plugin;
  if (schema === undefined) return config === undefined ? [] : ['the plugin takes no config'];
  return (await issuesOf(schema, config)).map(({ message, path = [] }) => {
    const keys = path.map(toKey);
    // So says valibot of a key that is not there.
    const said = /^Invalid key: Expected .* received undefined$/.test(message)
      ? 'is missing'
      : // What was received may be a secret.
        message.replace(/ but received [\s\S]*$/, '');
    return [keys.map(String).join('.'), said].filter(Boolean).join(': ');
  });
}

function checkName(name: string, id: string): Finding {
  const subject = 'name';
  if (!nameForm.test(name)) {
    const hint = 'Use lower-case letters, digits and dashes, such as party-lights.';
    return { level: 'error', subject, message: `"${name}" is no name for a plugin.`, hint };
  }
  if (name === id) return { level: 'ok', subject, message: `It is called "${name}".` };
  return {
    level: 'warning',
    subject,
    message: `It calls itself "${name}", but plugins.yaml will call it "${id}".`,
    hint: `Give it the name "${id}", or its file or package the name of the plugin.`,
  };
}

function checkAbout(about: string | undefined): Finding {
  const subject = 'about';
  if (about?.trim()) return { level: 'ok', subject, message: about };
  return {
    level: 'warning',
    subject,
    message: 'It does not say what it is.',
    hint: 'Give it a sentence: about: "Rolls dice".',
  };
}

async function checkJsonSchema(schema: Schema): Promise<readonly Finding[]> {
  const subject = 'config';
  const hint =
    'Editors and "plugins add" show the options by it. Use v of @pertybot/core, or zod 4.';
  let json: object | undefined;
  try {
    json = await toJsonSchema(schema);
  } catch (error) {
    const message = `Its schema cannot be written as JSON Schema: ${messageOf(error)}`;
    return [{ level: 'error', subject, message, hint }];
  }
  if (json === undefined) {
    const message = `Its schema is of ${schema['~standard'].vendor}, which writes no JSON Schema.`;
    return [{ level: 'error', subject, message, hint }];
  }
  const options = optionsOf(json);
  const silent = options.filter(({ about }) => about === undefined).map(({ name }) => name);
  const names = options.map(({ name }) => name).join(', ');
  const known = names === '' ? 'Its schema can be shown.' : `Its options are ${names}.`;
  if (silent.length === 0) return [{ level: 'ok', subject, message: known }];
  return [
    { level: 'ok', subject, message: known },
    {
      level: 'warning',
      subject: 'descriptions',
      message: `Nothing says what to write for ${silent.join(', ')}.`,
      hint: `Describe each: ${silent[0]}: v.pipe(…, v.description("…"))`,
    },
  ];
}

async function checkStrict(schema: Schema, config: unknown): Promise<Finding> {
  const subject = 'strict';
  const before = await issuesOf(schema, config);
  const given = v.safeParse(v.record(v.string(), v.unknown()), config);
  const base = given.success ? given.output : {};
  const after = await issuesOf(schema, { ...base, [strangeKey]: true });
  // A schema may stop at its first fault, so one more says as much as one that names the key.
  const isNamed = after.some(({ message, path }) =>
    [message, ...(path ?? []).map(toKey)].some((text) => String(text).includes(strangeKey)),
  );
  if (isNamed || after.length > before.length) {
    return { level: 'ok', subject, message: 'It refuses options that it does not know.' };
  }
  return {
    level: 'error',
    subject,
    message: 'It takes options that it does not know, so typing errors stay unnoticed.',
    hint: 'Use v.strictObject instead of v.object.',
  };
}

async function issuesOf(schema: Schema, config: unknown) {
  return (await schema['~standard'].validate(config ?? {})).issues ?? [];
}

function toKey(segment: PropertyKey | { readonly key: PropertyKey }): PropertyKey {
  return typeof segment === 'object' ? segment.key : segment;
}
