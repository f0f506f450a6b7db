import { openSync, writeSync } from 'node:fs';
import { definePlugin, v } from '@pertybot/core';
import { ChannelRewards, EventSubHealth } from '@pertybot/plugin-eventsub';
import { Gpio } from '@pertybot/plugin-gpio';

/** Writes what the simulated pin does to a file, as the hand-written one does, and tells when. */
export default definePlugin({
  name: 'pulse',
  config: v.strictObject({ pin: v.string() }),
  needs: { gpio: Gpio, rewards: ChannelRewards, health: EventSubHealth },
  async start({ gpio, rewards, health, reward, on, every }, config) {
    const file = openSync(config.pin, 'w');
    const names = ['GPIO17', 'GPIO27', 'GPIO22', 'GPIO23', 'GPIO24', 'GPIO25', 'GPIO5', 'GPIO6'];
    const limits = { maxOn: '1s', maxTogglesPerSecond: 1_000, deadTime: 0 };
    const pins = await Promise.all(
      names.map((name) => gpio.output(name, { name, kind: 'buzzer', ...limits })),
    );
    on('pin', ({ on: isOn }) => {
      if (!isOn) return;
      writeSync(file, '1');
      process.send({ type: 'moved', at: String(process.hrtime.bigint()) });
    });
    let next = 0;
    reward('pulse', { title: 'Pulse', cost: 10 }, () => {
      next = (next + 1) % pins.length;
      return pins[next].on({ for: 10 });
    });
    const cancel = every(20, () => {
      const isOpen = rewards.list.length > 0 && rewards.list.every(({ state }) => state === 'open');
      if (!isOpen || health.state !== 'ok') return;
      cancel();
      process.send({ type: 'ready' });
    });
  },
});
