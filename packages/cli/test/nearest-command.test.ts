import { describe, expect, it } from '@jest/globals';
import { nearestCommand } from '../src/nearest-command.js';

const commands = ['check', 'dev', 'plugins', 'plugins add', 'start', 'status'];

describe('nearestCommand', () => {
  it.each([
    ['chekc', 'check'],
    ['strat', 'start'],
    ['dve', 'dev'],
    ['plugin add', 'plugins add'],
    ['stauts', 'status'],
    ['deploy', undefined],
    ['x', undefined],
  ])('takes %j for %j', (misspelt, meant) => {
    expect(nearestCommand(misspelt, commands)).toBe(meant);
  });
});
