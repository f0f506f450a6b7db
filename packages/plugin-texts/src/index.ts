import { definePlugin } from '@pertybot/core';
import { addTextCommand, describeTextCommand } from './text-command.js';
import { addTextTimer } from './text-timer.js';
import { textsConfigSchema } from './texts-config.js';

export { type TextsConfig, textsConfigSchema } from './texts-config.js';

export default definePlugin({
  name: 'texts',
  about: 'Text commands and timed messages, in YAML alone',
  config: textsConfigSchema,
  commands: ({ commands }) => Object.fromEntries(Object.keys(commands).map(describeTextCommand)),
  start(context, { commands, timers }) {
    for (const [name, text] of Object.entries(commands)) addTextCommand(context, name, text);
    for (const timer of timers) addTextTimer(context, timer);
  },
});
