import { expect, it } from '@jest/globals';
import { Beats } from '../../src/host/beats.js';

it('beats for the nodes that are there, and arms no timer for those that are away', () => {
  const timers = new Set<() => unknown>();
  let armed = 0;
  let there: readonly string[] = [];
  const heard: (readonly string[])[] = [];
  const beats = new Beats<string>(
    (_, task) => {
      armed += 1;
      timers.add(task);
      return () => timers.delete(task);
    },
    () => there,
    (nodes) => void heard.push(nodes),
  );
  const tick = () => {
    for (const task of [...timers]) task();
  };
  for (let time = 0; time < 10_000; time++) beats.look();
  expect([armed, timers.size]).toEqual([0, 0]);
  there = ['garage'];
  for (let time = 0; time < 10_000; time++) beats.look();
  expect([armed, timers.size]).toEqual([1, 1]);
  tick();
  there = ['garage', 'shed'];
  beats.look();
  tick();
  there = [];
  beats.look();
  tick();
  expect(timers.size).toBe(0);
  there = ['shed'];
  beats.look();
  tick();
  expect([armed, timers.size]).toEqual([2, 1]);
  expect(heard).toEqual([['garage'], ['garage', 'shed'], ['shed']]);
});
