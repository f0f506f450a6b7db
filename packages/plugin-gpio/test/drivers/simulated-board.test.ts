import { expect, it } from '@jest/globals';
import { type BoardChange, SimulatedBoard } from '../../src/drivers/simulated-board.js';
import { SimulatedDriver } from '../../src/drivers/simulated-driver.js';

it('has the levels that a header has when the power comes on', () => {
  const board = new SimulatedBoard();
  expect([board.level(2), board.level(8), board.level(9), board.level(27)]).toEqual([1, 1, 0, 0]);
});

it('remembers every change of a level, and when it was', async () => {
  const board = new SimulatedBoard();
  const line = await new SimulatedDriver(board).claimOutput(17, 0);
  line.write(1);
  line.write(1);
  line.write(0);
  expect(board.history.map(({ offset, level }) => [offset, level])).toEqual([
    [17, 1],
    [17, 0],
  ]);
  expect(board.history[0]?.at).toBeLessThanOrEqual(performance.now());
});

it('never shows the other level when an output is claimed and given back', async () => {
  const board = new SimulatedBoard();
  const driver = new SimulatedDriver(board);
  const line = await driver.claimOutput(8, 1);
  line.release(1);
  await driver.close();
  expect(board.history).toEqual([]);
});

it('keeps the level of an output that is given back, as Raspberry Pi OS does', async () => {
  const board = new SimulatedBoard();
  const line = await new SimulatedDriver(board).claimOutput(17, 0);
  line.write(1);
  line.release(1);
  expect(board.level(17)).toBe(1);
  expect(board.holder(17)).toBeUndefined();
});

it('presses a button against its pull, and lets go of it', async () => {
  const board = new SimulatedBoard();
  const driver = new SimulatedDriver(board);
  const up = await driver.claimInput(22, { pull: 'up', debounce: 0 });
  const down = await driver.claimInput(23, { pull: 'down', debounce: 0 });
  board.press(22);
  board.press(23);
  expect([up.read(), down.read()]).toEqual([0, 1]);
  board.release(22);
  board.release(23);
  expect([up.read(), down.read()]).toEqual([1, 0]);
});

it('lets no wire from outside change a pin that the bot drives', async () => {
  const board = new SimulatedBoard();
  await new SimulatedDriver(board).claimOutput(17, 0);
  board.setInput(17, 1);
  expect(board.level(17)).toBe(0);
});

it('tells each change until the listener leaves', async () => {
  const board = new SimulatedBoard();
  const line = await new SimulatedDriver(board).claimOutput(17, 0);
  const changes: BoardChange[] = [];
  const leave = board.onChange((change) => changes.push(change));
  line.write(1);
  leave();
  line.write(0);
  expect(changes).toEqual([{ offset: 17, level: 1, at: expect.any(Number) }]);
});

it('refuses a line that somebody else holds, and says who', async () => {
  const board = new SimulatedBoard();
  board.claim(17, 'spi0', { pull: 'none' });
  await expect(new SimulatedDriver(board).claimOutput(17, 0)).rejects.toMatchObject({
    code: 'GPIO_PIN_BUSY',
    message: 'Pin "GPIO17" is in use by "spi0".',
  });
});

it('names a pin that is not on the header', () => {
  expect(() => new SimulatedBoard().level(28)).toThrow('Pin "GPIO28" is not on the 40-pin header.');
});
