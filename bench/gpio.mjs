// Write rate of the three drivers, alone and through the guard, and their input latency, side by side.
// usage: npm run build && tools/gpio-vm.sh -- node bench/gpio.mjs
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { SystemClock, silentLogger } from '../packages/core/dist/host.js';
import { v } from '../packages/core/dist/index.js';
import { createDriver } from '../packages/plugin-gpio/dist/drivers/find-driver.js';
import { SimulatedBoard } from '../packages/plugin-gpio/dist/drivers/simulated-board.js';
import { gpioConfigSchema } from '../packages/plugin-gpio/dist/gpio-config.js';
import { PinGuard } from '../packages/plugin-gpio/dist/guard/pin-guard.js';

/** A guard whose limit of toggles the owner has lifted. */
const config = v.parse(gpioConfigSchema, {
  pins: { GPIO17: { maxTogglesPerSecond: 1e9, plugin: 'bench' } },
});
const wallClock = { date: () => undefined, look: async () => {} };
const inbox = { hear: async () => {}, emit() {} };

const writes = 50_000;
const edges = 50;
const board = new SimulatedBoard();
for (const name of ['simulated', 'chardev', 'onoff']) {
  const driver = await createDriver(name, { board });
  const line = await driver.claimOutput(17, 0);
  for (let i = 0; i < 2_000; i += 1) line.write(i & 1);
  const start = performance.now();
  for (let i = 0; i < writes; i += 1) line.write(i & 1);
  const rate = writes / ((performance.now() - start) / 1_000);
  line.release(0);
  const guard = new PinGuard(config, new SystemClock(), wallClock, inbox, silentLogger);
  guard.open(driver);
  const guarded = await guard.claimOutput(17, { plugin: 'bench', name: 'bench' }, {});
  const guardStart = performance.now();
  for (let i = 0; i < writes / 2; i += 1) {
    if (guarded.turnOn()) throw new Error('The guard refused.');
    guarded.turnOff();
  }
  const guardRate = writes / ((performance.now() - guardStart) / 1_000);
  const drive = (level) =>
    name === 'simulated'
      ? board.setInput(22, level)
      : writeFileSync(`${process.env.GPIO_SIM}/sim_gpio22/pull`, level ? 'pull-up' : 'pull-down');
  drive(1);
  const input = await driver.claimInput(22, { pull: 'none', debounce: 0 });
  const times = [];
  for (let i = 0; i < edges; i += 1) {
    await sleep(12);
    const told = new Promise((resolve) => {
      const leave = input.onEdge(() => {
        leave();
        resolve(performance.now());
      });
    });
    const from = performance.now();
    drive(i & 1);
    times.push((await told) - from);
  }
  times.sort((a, b) => a - b);
  console.log(
    `${name.padEnd(10)} ${show(rate)} writes/s  ${show(guardRate)} by the guard   edge after ` +
      `${times[edges >> 1].toFixed(2)} ms (median), ${times.at(-1).toFixed(2)} ms (worst of ${edges})`,
  );
  await guard.close();
}

function show(rate) {
  return Math.round(rate).toLocaleString('en').padStart(8);
}
