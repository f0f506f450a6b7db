import { definePlugin, Inbox, Replies } from '@pertybot/core';
import { reactingEvents } from '@pertybot/core/host';
import { textsOf } from './event-texts.js';
import { textsReplies } from './replies.js';
import { addTextCommand, describeTextCommand } from './text-command.js';
import { TextCounter } from './text-counter.js';
import { addTextEvents } from './text-events.js';
import { addTextTimer } from './text-timer.js';
import { textsConfigSchema } from './texts-config.js';

export { type TextsConfig, textsConfigSchema } from './texts-config.js';

export default definePlugin({
  name: 'texts',
  about: 'Text commands, timed messages and answers to events, in YAML alone',
  config: textsConfigSchema,
  needs: { inbox: Inbox, replies: Replies },
  replies: textsReplies,
  hears: ({ events }) => reactingEvents.filter((event) => textsOf(events[event]).length > 0),
  commands: ({ commands }) => Object.fromEntries(Object.keys(commands).map(describeTextCommand)),
  start(context, { commands, events, timers }) {
    const parts = { ...context, counter: new TextCounter(context) };
    for (const [name, text] of Object.entries(commands)) addTextCommand(parts, name, text);
    addTextEvents(parts, events);
    for (const timer of timers) addTextTimer(parts, timer);
  },
});
