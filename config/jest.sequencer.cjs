// Long suites first, so that none is left at the end with the processors idle, and those that wait beside those that
// work. On a machine that has run them before jest knows how long each took; on a new one, as in CI, it would go by the
// size of the files, which says little.
const { readFileSync } = require('node:fs');
const { default: Sequencer } = require('@jest/test-sequencer');

/** Those that wait longest, for processes that start, stand still and die, or for a limit to pass. */
const longest = [
  'cli/test/commands/plugins-verify',
  'plugin-mqtt/test/processes/standstills',
  'plugin-mqtt/test/processes/deaths',
  'cli/test/dev/redemptions',
  'core/test/bot/stall-watch',
  'cli/test/commands/plugins-transaction',
  'cli/test/hangs',
  'plugin-eventsub/test/rewards/disorder',
  'plugin-eventsub/test/rewards/reward-office',
  'plugin-eventsub/test/simulated-faults',
  'plugin-oauth/test/login/loopback-authorization-code-flow',
].map((name) => `/packages/${name}.`);

/** Suites that start programs, and those that take more time than jest gives. */
const signs = [
  /\b(?:spawn|spawnSync|fork|execFile|execFileSync|runPertybot|startPertybot|askPertybot|servePertybot)\(/,
  /\bjest\.setTimeout\(|\d\d_000\);?$/m,
];

/** Milliseconds that a suite with none, one or both of the signs takes, roughly. */
const usual = [500, 5_000, 20_000];

const signsOf = ({ path }) => {
  const text = readFileSync(path, 'utf8');
  return signs.filter((sign) => sign.test(text)).length;
};

function guess(test) {
  const place = longest.findIndex((name) => test.path.includes(name));
  return place >= 0 ? 60_000 - place : usual[signsOf(test)];
}

/** Whether it leaves the processors to others for most of its time. */
const isWaiting = (test) => guess(test) > usual[0];

/** Deals them to workers as jest will, so that some of these always work while the others wait. */
function deal({ waiting, working, times, workers }) {
  const mostWaiting = workers - Math.max(1, Math.floor(workers / 4));
  const seats = Array.from({ length: workers }, () => ({ until: 0, waits: false }));
  const dealt = [];
  while (waiting.length + working.length > 0) {
    const seat = seats.reduce((first, each) => (each.until < first.until ? each : first));
    seat.waits = false;
    const waits = seats.filter((each) => each.waits).length < mostWaiting;
    const test = (waits && waiting.shift()) || working.shift() || waiting.shift();
    seat.waits = isWaiting(test);
    seat.until += times.get(test);
    dealt.push(test);
  }
  return dealt;
}

module.exports = class extends Sequencer {
  constructor(options) {
    super(options);
    this.workers = options.globalConfig.maxWorkers;
  }

  sort(tests) {
    const times = new Map(tests.map((test) => [test, test.duration ?? guess(test)]));
    const sorted = super.sort(tests).toSorted((one, other) => times.get(other) - times.get(one));
    const waiting = sorted.filter(isWaiting);
    const working = sorted.filter((test) => !isWaiting(test));
    return deal({ waiting, working, times, workers: this.workers });
  }
};
