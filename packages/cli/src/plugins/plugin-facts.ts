import { v } from '@pertybot/core';
import { toPlainText } from '../terminal/plain-text.js';

const names = v.optional(v.array(v.string()), []);

/**
 * The field `pertybot` of a plugin's package.json, so that a registry can tell what it is. Names as
 * people read them: `Gpio` for a service, `lamp` for a chat command.
 */
export const pluginFactsSchema = v.object({
  provides: names,
  needs: names,
  commands: names,
  /** Twitch scopes. */
  scopes: names,
});

/** What a package says of its plugin. `plugins verify` holds it against the code. */
export type PluginFacts = v.InferOutput<typeof pluginFactsSchema>;

/** What a package.json, or a registry, has as that field; undefined where it is none. */
export function readPluginFacts(value: unknown): PluginFacts | undefined {
  const facts = v.safeParse(pluginFactsSchema, value);
  return facts.success ? facts.output : undefined;
}

/** The facts for people, each that there is with its title. */
export function describePluginFacts(
  facts: PluginFacts,
): readonly (readonly [title: string, value: string])[] {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['provides', facts.provides],
    ['needs', facts.needs],
    ['commands', facts.commands.map((name) => `!${name}`)],
    ['Twitch scopes', facts.scopes],
  ];
  return rows
    .filter(([, list]) => list.length > 0)
    .map(([title, list]) => [title, toPlainText(list.join(', '))]);
}
