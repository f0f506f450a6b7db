import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { oncePerTurn } from '../../src/live/once-per-turn.js';

it('reads a clock once in each turn of the event loop', async () => {
  let reads = 0;
  const now = oncePerTurn(() => {
    reads += 1;
    return reads;
  });
  expect([now(), now(), await Promise.resolve().then(now)]).toEqual([1, 1, 1]);
  await turn();
  expect([now(), now()]).toEqual([2, 2]);
});
