import type { PluginContext } from '@pertybot/core';
import type { TextCounter } from './text-counter.js';
import { parseTemplate } from './text-template.js';
import type { TextsConfig } from './texts-config.js';

/** What timed texts are said with. */
type TimerContext = Pick<PluginContext, 'every' | 'on' | 'say'> & { readonly counter: TextCounter };

/** Says a text again and again, when chat was busy enough in between. */
export function addTextTimer(
  { every, on, say, counter }: TimerContext,
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
    const count = template.counts ? await counter.countUp(key) : 0;
    await say(template.render({ user: '', args: '', count }, Math.random));
  });
}
