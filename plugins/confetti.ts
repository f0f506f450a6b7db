// A gadget of one's own: a confetti cannon on a relay. plugins.yaml names this file and gives it its
// pin; there is nothing to build.
import { definePlugin, duration, isRefusal, v } from '@pertybot/core';
import { Gpio, pinName } from '@pertybot/plugin-gpio';

export default definePlugin({
  name: 'confetti',
  about: 'A confetti cannon for chat',

  // What plugins.yaml may say under `config:`. Anything else there is an error with its line.
  config: v.strictObject({
    pin: pinName(),
    burst: v.optional(duration(), '500ms'),
  }),

  // The services that this plugin uses; another plugin (gpio) provides them.
  needs: { gpio: Gpio },

  // What start registers below: known to `pertybot check`, which starts nothing.
  commands: {
    'confetti [burst:duration]': {
      about: 'Fires the cannon',
      cooldown: { user: '10s' },
      example: '!confetti 1s',
    },
  },

  async start({ gpio, command }, config) {
    // The guard takes the pin low when the plugin stops, and after 2 seconds whatever happens.
    const cannon = await gpio.output(config.pin, { name: 'confetti', maxOn: '2s' });

    command('confetti [burst:duration]', async ({ args, user, reply }) => {
      const refused = await cannon.on({ for: args.burst ?? config.burst });
      if (isRefusal(refused)) return refused; // such as "too often": chat is told why
      await reply(`${user.displayName} fired the cannon!`);
    });
  },
});
