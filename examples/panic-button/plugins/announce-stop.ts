// Tells chat when everything was stopped, and when it may go on.
import { definePlugin, EmergencyStop, v } from '@pertybot/core';

export default definePlugin({
  name: 'announce-stop',
  about: 'Tells chat of emergency stops',

  config: v.strictObject({
    stopped: v.optional(v.string(), 'Everything is off.'),
    released: v.optional(v.string(), 'On we go!'),
  }),

  needs: { emergencyStop: EmergencyStop },

  start({ emergencyStop, command, on, say }, { stopped, released }) {
    on('estop', ({ engaged }) => say(engaged ? stopped : released));

    command('stopped', { about: 'Tells whether everything is stopped' }, async ({ reply }) => {
      const { engaged } = emergencyStop;
      await reply(engaged ? `Yes, by ${engaged.by}.` : 'No.');
    });
  },
});
