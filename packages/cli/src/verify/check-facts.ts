import type { Finding } from '@pertybot/core';
import { type PluginFacts, readPluginFacts } from '../plugins/plugin-facts.js';

const keys = ['provides', 'needs', 'commands'] as const;

/**
 * Holds the field `pertybot` of a package.json against the plugin.
 * @param stated what package.json has there
 * @param found what the code does; a key that is missing is not known
 */
export function checkFacts(stated: unknown, found: Partial<PluginFacts>): Finding {
  const subject = 'pertybot';
  const facts = readPluginFacts(stated);
  const wrong = keys.filter((key) => {
    const list = found[key];
    return list !== undefined && !haveSame(facts?.[key] ?? [], list);
  });
  if (facts !== undefined && wrong.length === 0) {
    const message =
      'The field "pertybot" of package.json says what it provides, needs and commands.';
    return { level: 'ok', subject, message };
  }
  const right = Object.fromEntries(keys.map((key) => [key, found[key] ?? facts?.[key] ?? []]));
  const message =
    facts === undefined
      ? 'The field "pertybot" of package.json is missing, so registries cannot tell what it is.'
      : `The field "pertybot" of package.json is wrong about ${wrong.join(', ')}.`;
  // What else its author keeps there stays.
  const others = typeof stated === 'object' && stated !== null ? stated : {};
  const field = JSON.stringify({ ...others, ...right }, undefined, 1)
    .replaceAll(/\n */g, ' ')
    .replaceAll(/(?<=\[) | (?=\])/g, '');
  return {
    level: 'error',
    subject,
    message,
    hint: `Write into package.json: "pertybot": ${field}`,
  };
}

function haveSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((each) => others.includes(each));
}
