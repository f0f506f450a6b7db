import { definePlugin } from '@pertybot/core';
import { Gpio } from '@pertybot/plugin-gpio';

/** Switches a pin at each follow, on and off by turns. */
export default definePlugin({
  name: 'lamp',
  needs: { gpio: Gpio },
  async start({ gpio, on }) {
    const lamp = await gpio.output('GPIO17', { maxOn: '1m', maxTogglesPerSecond: 1000 });
    let next = true;
    on('follow', () => {
      const wanted = next;
      next = !next;
      return wanted ? lamp.on() : lamp.off();
    });
  },
});
