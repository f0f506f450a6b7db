import { definePlugin } from '@pertybot/core';

/** Listens to every line of chat. */
export default definePlugin({
  name: 'listener',
  start({ on, log }) {
    let lines = 0;
    let letters = 0;
    on('message', ({ text }) => {
      lines++;
      letters += text.length;
    });
    return () => log.debug('It heard chat.', { lines, letters });
  },
});
