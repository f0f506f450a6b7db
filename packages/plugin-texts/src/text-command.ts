import type { CommandOptions, PluginContext } from '@pertybot/core';
import type { TextCounter } from './text-counter.js';
import { parseTemplate } from './text-template.js';

/** Whoever says it again and again is not answered again and again; the owner may change it. */
const cooldown = { user: '5s', moderator: 0 } as const;

/** The command of a text, as it is declared and registered. */
export function describeTextCommand(
  name: string,
): readonly [signature: `${string} [args...]`, CommandOptions] {
  return [
    `${name} [args...]`,
    { about: 'Says a text', example: name, cooldown, onCooldown: 'silent' },
  ];
}

/** Adds a command that answers with a text. */
export function addTextCommand(
  { command, counter }: Pick<PluginContext, 'command'> & { readonly counter: TextCounter },
  name: string,
  text: string,
): void {
  const template = parseTemplate(text);
  const key = `count ${name.toLowerCase()}`;
  const [signature, options] = describeTextCommand(name);
  command(signature, options, async (call) => {
    const count = template.counts ? await counter.countUp(key) : 0;
    const values = { user: call.user.displayName, args: call.args.args ?? '', count };
    await call.reply(template.render(values, Math.random));
  });
}
