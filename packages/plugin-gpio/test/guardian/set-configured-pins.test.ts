import { describe, expect, it } from '@jest/globals';
import { v } from '@pertybot/core';
import { OwnLines } from '../../src/drivers/own-lines.js';
import { SimulatedBoard } from '../../src/drivers/simulated-board.js';
import { SimulatedDriver } from '../../src/drivers/simulated-driver.js';
import { gpioConfigSchema } from '../../src/gpio-config.js';
import { GpioError } from '../../src/gpio-error.js';
import { setConfiguredPins } from '../../src/guardian/set-configured-pins.js';

/** A board on which everything is on, behind a driver that passes for a real one. */
function openBoard() {
  const board = new SimulatedBoard();
  for (const offset of [5, 6, 17, 27]) board.drive(offset, 1);
  const open = async () =>
    Object.defineProperty(new SimulatedDriver(board), 'name', { value: 'onoff' });
  return { board, open };
}

const config = (value: v.InferInput<typeof gpioConfigSchema>) => v.parse(gpioConfigSchema, value);

describe('the outputs of a config', () => {
  it('are switched off, each at the level that is off', async () => {
    const { board, open } = openBoard();
    board.drive(6, 0);
    const gadgets = {
      lamp: { type: 'light', pin: 'GPIO17' },
      pump: { type: 'relay', pin: 'GPIO6', activeLow: true },
      both: { type: 'group', gadgets: ['lamp', 'pump'] },
      door: { type: 'button', pin: 'GPIO22' },
    };
    expect(await setConfiguredPins(config({ gadgets }), new OwnLines(), open)).toEqual([
      { offset: 17, name: 'GPIO17', safe: 0, outcome: 'set' },
      { offset: 6, name: 'GPIO6', safe: 1, outcome: 'set' },
    ]);
    expect([board.level(17), board.level(6)]).toEqual([0, 1]);
  });

  it('are told when somebody else has one, and the others are off all the same', async () => {
    const { board, open } = openBoard();
    board.claim(5, 'somebody else', { level: 1 });
    const gadgets = {
      pump: { type: 'relay', pin: 'GPIO5' },
      lamp: { type: 'light', pin: 'GPIO17' },
    };
    expect(await setConfiguredPins(config({ gadgets }), new OwnLines(), open)).toMatchObject([
      { name: 'GPIO5', outcome: 'held', reason: expect.stringContaining('in use') },
      { name: 'GPIO17', outcome: 'set' },
    ]);
    expect(board.level(17)).toBe(0);
  });

  it('are told when the chip does not do what it should, and are not said to be off', async () => {
    const { open } = openBoard();
    const openDead = async () => {
      const claim = () =>
        Promise.reject(new GpioError('GPIO_DRIVER_FAILED', 'The kernel could not (EIO).'));
      return Object.defineProperty(await open(), 'claimOutput', { value: claim });
    };
    const gadgets = { lamp: { type: 'light', pin: 'GPIO17' } };
    expect(await setConfiguredPins(config({ gadgets }), new OwnLines(), openDead)).toMatchObject([
      { name: 'GPIO17', outcome: 'failed', reason: 'The kernel could not (EIO).' },
    ]);
  });

  it('are told when no driver works', async () => {
    const open = () => Promise.reject(new GpioError('GPIO_NO_ACCESS', 'This user may not.'));
    const gadgets = { lamp: { type: 'light', pin: 'GPIO17' } };
    expect(await setConfiguredPins(config({ gadgets }), new OwnLines(), open)).toEqual([
      { offset: 17, name: 'GPIO17', safe: 0, outcome: 'failed', reason: 'This user may not.' },
    ]);
  });

  it('are left alone in dry-run, and are none on a simulated board', async () => {
    const { board, open } = openBoard();
    const lamp = { type: 'light', pin: 'GPIO17' };
    const still = config({ mode: 'dry-run', gadgets: { lamp } });
    expect(await setConfiguredPins(still, new OwnLines(), open)).toEqual([]);
    expect(board.level(17)).toBe(1);
    expect(
      await setConfiguredPins(config({ driver: 'simulated', gadgets: { lamp } }), new OwnLines()),
    ).toEqual([]);
  });
});
