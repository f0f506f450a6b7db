import { openSync, writeSync } from 'node:fs';
import { definePlugin, v } from '@pertybot/core';
import { ChannelRewards, EventSubHealth } from '@pertybot/plugin-eventsub';
import { Gpio, SimulatedBoard } from '@pertybot/plugin-gpio';

/** Writes what a pin of the simulated board does to a file, where the kernel would be told, and tells when. */
export default definePlugin({
  name: 'pulse',
  config: v.strictObject({ pin: v.string() }),
  needs: { gpio: Gpio, board: SimulatedBoard, rewards: ChannelRewards, health: EventSubHealth },
  async start({ gpio, board, rewards, health, reward, onStop, every }, config) {
    const file = openSync(config.pin, 'w');
    const names = ['GPIO17', 'GPIO27', 'GPIO22', 'GPIO23', 'GPIO24', 'GPIO25', 'GPIO5', 'GPIO6'];
    const limits = { maxOn: '1s', maxTogglesPerSecond: 1_000, deadTime: 0 };
    const pins = await Promise.all(
      names.map((name) => gpio.output(name, { name, kind: 'buzzer', ...limits })),
    );
    const tell = ({ level }) => {
      if (level === 0) return;
      writeSync(file, '1');
      process.send({ type: 'moved', at: String(process.hrtime.bigint()) });
    };
    onStop(board.onChange(tell));
    let next = 0;
    reward('pulse', { title: 'Pulse', cost: 10 }, () => {
      next = (next + 1) % pins.length;
      return pins[next].on({ for: '10ms' });
    });
    const cancel = every('20ms', () => {
      const isOpen = rewards.list.length > 0 && rewards.list.every(({ state }) => state === 'open');
      if (!isOpen || health.state !== 'ok') return;
      cancel();
      process.send({ type: 'ready' });
    });
  },
});
