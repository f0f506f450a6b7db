import type { PluginContext } from '@pertybot/core';
import { parseTemplate } from './text-template.js';
import type { TextsConfig } from './texts-config.js';

/** Says a text again and again, when chat was busy enough in between. */
export function addTextTimer(
  { every, on, say, store }: Pick<PluginContext, 'every' | 'on' | 'say' | 'store'>,
  timer: TextsConfig['timers'][number],
): void {
  const template = parseTemplate(timer.say);
  const key = `timer ${timer.say}`;
  let heard = 0;
  if (timer.after > 0) {
    on('message', () => {
      heard += 1;
    });
  }
  every(timer.every, async () => {
    if (heard < timer.after) return;
    heard = 0;
    const count = template.counts
      ? Number(await store.update(key, (value) => Number(value ?? 0) + 1))
      : 0;
    await say(template.render({ user: '', args: '', count }, Math.random));
  });
}
