import { expect, test } from '@jest/globals';
import { ManualClock } from '@pertybot/core/testing';
import { Liveness } from '../../src/tmi/liveness.js';

/** A clock whose wall time can run ahead, as it does when the machine sleeps. */
class SleepyClock extends ManualClock {
  slept = 0;

  override date(): Date {
    return new Date(super.date().getTime() + this.slept);
  }
}

function watch(clock = new SleepyClock()) {
  const events: string[] = [];
  const liveness = new Liveness({
    clock,
    ping: () => void events.push(`ping ${clock.now()}`),
    dead: () => void events.push(`dead ${clock.now()}`),
  });
  return { clock, events, liveness };
}

test('asks after 10 s of silence, and calls a silent peer dead after 25 s', async () => {
  const { clock, events } = watch();
  await clock.advance('10m');
  expect(events).toEqual(['ping 10000', 'dead 25000']);
});

test('asks nothing as long as anything is heard, and knows when that was', async () => {
  const { clock, events, liveness } = watch();
  for (let second = 0; second < 180; second++) {
    await clock.advance('1s');
    liveness.heard();
  }
  await clock.advance('9s');
  expect(events).toEqual([]);
  expect(liveness.lastHeard).toBe(180_000);
});

test('asks again after each answer, so that a quiet chat is heard of every 10 s', async () => {
  const { clock, events, liveness } = watch();
  for (let turn = 0; turn < 3; turn++) {
    await clock.advance('10s');
    liveness.heard();
  }
  expect(events).toEqual(['ping 10000', 'ping 20000', 'ping 30000']);
});

test('asks soon after the machine slept', async () => {
  const { clock, events } = watch();
  await clock.advance('5s');
  clock.slept = 3_600_000;
  await clock.advance('1s');
  expect(events).toEqual(['ping 6000']);
  await clock.advance('15s');
  expect(events).toEqual(['ping 6000', 'dead 21000']);
});

test('is quiet once stopped', async () => {
  const { clock, events, liveness } = watch();
  liveness.stop();
  await clock.advance('10m');
  expect(events).toEqual([]);
  expect(clock.pending).toBe(0);
});
