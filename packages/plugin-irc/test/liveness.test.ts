import { expect, test } from '@jest/globals';
import { ManualClock } from '@pertybot/core/testing';
import { Liveness } from '../src/liveness.js';

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

test('asks every minute, and calls a silent peer dead after 75 s', async () => {
  const { clock, events } = watch();
  await clock.advance('10m');
  expect(events).toEqual(['ping 60000', 'dead 75000']);
});

test('goes on as long as anything is heard', async () => {
  const { clock, events, liveness } = watch();
  for (let second = 0; second < 180; second++) {
    await clock.advance('1s');
    liveness.heard();
  }
  expect(events).toEqual(['ping 60000', 'ping 120000', 'ping 180000']);
});

test('asks soon after the machine slept', async () => {
  const { clock, events } = watch();
  await clock.advance('15s');
  clock.slept = 3_600_000;
  await clock.advance('15s');
  expect(events).toEqual(['ping 30000']);
  await clock.advance('15s');
  expect(events).toEqual(['ping 30000', 'dead 45000']);
});

test('is quiet once stopped', async () => {
  const { clock, events, liveness } = watch();
  liveness.stop();
  await clock.advance('10m');
  expect(events).toEqual([]);
  expect(clock.pending).toBe(0);
});
