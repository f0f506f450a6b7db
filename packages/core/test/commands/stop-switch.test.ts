import { afterEach, describe, expect, it } from '@jest/globals';
import { definePlugin, EmergencyStop } from '../../src/index.js';
import { startTestBot, type TestBot } from '../../src/testing/index.js';
import { FakeOutputs } from './fake-outputs.js';

/** A plugin that hangs `outputs` on to the stop. */
function provider(name: string, outputs: FakeOutputs) {
  return definePlugin({
    name,
    needs: { emergencyStop: EmergencyStop },
    start({ emergencyStop }) {
      emergencyStop.attach(outputs);
    },
  });
}

describe('the emergency stop', () => {
  let bot: TestBot;
  afterEach(() => bot.stop());
  const estops = () => bot.events.filter(({ type }) => type === 'estop').map(({ data }) => data);

  it('reaches the outputs of every plugin, and is told once', async () => {
    const [pins, node] = [new FakeOutputs('pins'), new FakeOutputs('node')];
    bot = await startTestBot([provider('pins', pins), provider('node', node)]);
    bot.emergencyStop.engage('the owner');
    bot.emergencyStop.engage('somebody');
    expect(pins.told).toEqual(['pins engaged by the owner', 'pins engaged by somebody']);
    expect(node.told).toEqual(['node engaged by the owner', 'node engaged by somebody']);
    expect(bot.emergencyStop.engaged?.by).toBe('the owner');
    expect(estops()).toEqual([{ engaged: true, by: 'the owner' }]);
    bot.emergencyStop.release();
    expect([pins.engaged, node.engaged, bot.emergencyStop.engaged]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(estops()).toEqual([{ engaged: true, by: 'the owner' }, { engaged: false }]);
  });

  it('goes from one provider to the others', async () => {
    const [pins, node] = [new FakeOutputs('pins'), new FakeOutputs('node')];
    bot = await startTestBot([provider('pins', pins), provider('node', node)]);
    node.engage('a button');
    expect(pins.engaged?.by).toBe('a button');
    expect(bot.emergencyStop.engaged?.by).toBe('a button');
    node.release();
    expect(pins.engaged?.by).toBe('a button');
    expect(bot.emergencyStop.engaged?.by).toBe('a button');
    pins.release();
    expect(bot.emergencyStop.engaged).toBeUndefined();
  });

  it('reaches the others although one fails, and says so', async () => {
    const [pins, node] = [new FakeOutputs('pins'), new FakeOutputs('node')];
    pins.fault = new Error('EIO');
    bot = await startTestBot([provider('pins', pins), provider('node', node)]);
    bot.emergencyStop.engage('the owner');
    expect(node.engaged?.by).toBe('the owner');
    expect(bot.log.map(({ message }) => message)).toContain(
      'Outputs of the plugin "pins" could not be stopped: EIO',
    );
  });

  it('is remembered until outputs come, and by those that were stopped before', async () => {
    const pins = new FakeOutputs('pins');
    bot = await startTestBot([provider('pins', pins)], { start: false });
    bot.emergencyStop.engage('the owner');
    await bot.start();
    expect(pins.engaged?.by).toBe('the owner');
    await bot.stop();

    const node = new FakeOutputs('node');
    node.engaged = { by: 'pertybot estop', at: '2026-01-01T00:00:00Z' };
    const other = new FakeOutputs('other');
    bot = await startTestBot([provider('node', node), provider('other', other)]);
    expect(other.engaged?.by).toBe('pertybot estop');
    expect(bot.emergencyStop.engaged?.by).toBe('pertybot estop');
    expect(estops()).toEqual([]);
  });

  it('outlives a restart of the plugin whose outputs are stopped', async () => {
    const pins = new FakeOutputs('pins');
    const node = new FakeOutputs('node');
    bot = await startTestBot([provider('pins', pins), provider('node', node)]);
    bot.emergencyStop.engage('the owner');
    pins.engaged = undefined;
    await bot.restart('pins');
    expect([pins.told.at(-1), pins.listeners]).toEqual(['pins engaged by the owner', 1]);
  });

  it('is not ended by others while the outputs of a plugin are away', async () => {
    const pins = new FakeOutputs('pins');
    let release = () => {};
    const sly = definePlugin({
      name: 'sly',
      needs: { emergencyStop: EmergencyStop },
      start({ emergencyStop, command }) {
        const outputs = new FakeOutputs('sly');
        emergencyStop.attach(outputs);
        release = () => outputs.release();
        command('pins', {}, () => void bot.restart('pins'));
      },
    });
    let away = () => {};
    const pinsPlugin = definePlugin({
      name: 'pins',
      needs: { emergencyStop: EmergencyStop },
      start({ emergencyStop }) {
        away = emergencyStop.attach(pins);
      },
    });
    bot = await startTestBot([pinsPlugin, sly]);
    bot.emergencyStop.engage('the owner');
    away();
    release();
    expect(bot.emergencyStop.engaged?.by).toBe('the owner');
    bot.emergencyStop.release();
    expect(bot.emergencyStop.engaged).toBeUndefined();
  });

  it('is no plugin’s to release', async () => {
    let seen: string[] = [];
    const curious = definePlugin({
      name: 'curious',
      needs: { emergencyStop: EmergencyStop },
      start({ emergencyStop }) {
        seen = Object.keys(emergencyStop);
        emergencyStop.engage('curious');
      },
    });
    bot = await startTestBot([curious]);
    expect(seen.sort()).toEqual(['attach', 'engage', 'engaged', 'onChange']);
    expect(bot.emergencyStop.engaged?.by).toBe('curious');
  });

  it('takes a listener that throws for a fault of its plugin', async () => {
    const pins = new FakeOutputs('pins');
    const loud = definePlugin({
      name: 'loud',
      needs: { emergencyStop: EmergencyStop },
      start({ emergencyStop }) {
        emergencyStop.onChange(() => {
          throw new Error('not now');
        });
      },
    });
    bot = await startTestBot([loud, provider('pins', pins)]);
    bot.emergencyStop.engage('the owner');
    expect(pins.engaged?.by).toBe('the owner');
    expect(bot.events.filter(({ type }) => type === 'fault')).toMatchObject([
      { data: { plugin: 'loud', where: 'emergency stop' } },
    ]);
  });
});
