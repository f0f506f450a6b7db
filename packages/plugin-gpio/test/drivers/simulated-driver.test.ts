import { SimulatedBoard } from '../../src/drivers/simulated-board.js';
import { SimulatedDriver } from '../../src/drivers/simulated-driver.js';
import { describeDriver } from './driver-contract.js';

const board = new SimulatedBoard();

describeDriver('simulated', {
  open: async () => new SimulatedDriver(board),
  level: (offset) => board.level(offset),
  drive: (offset, level) => board.setInput(offset, level),
  pulls: true,
});
