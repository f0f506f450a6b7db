import type { CommandOptions, PluginContext } from '@pertybot/core';
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
  { command, store }: Pick<PluginContext, 'command' | 'store'>,
  name: string,
  text: string,
): void {
  const template = parseTemplate(text);
  const key = `count ${name.toLowerCase()}`;
  const countUp = async () => Number(await store.update(key, (count) => Number(count ?? 0) + 1));
  const [signature, options] = describeTextCommand(name);
  command(signature, options, async (call) => {
    const count = template.counts ? await countUp() : 0;
    const values = { user: call.user.displayName, args: call.args.args ?? '', count };
    await call.reply(template.render(values, Math.random));
  });
}
