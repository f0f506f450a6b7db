// Long suites first, so that none is left at the end with the processors idle. On a machine that has run them before
// jest knows how long each took; on a new one, as in CI, it would go by the size of the files, which says little.
const { readFileSync } = require('node:fs');
const { default: Sequencer } = require('@jest/test-sequencer');

/** Those that wait longest, for processes that start, stand still and die: they wait while others work. */
const longest = [
  'cli/test/commands/plugins-verify',
  'plugin-mqtt/test/processes/standstills',
  'plugin-mqtt/test/processes/deaths',
  'cli/test/dev/redemptions',
  'core/test/bot/stall-watch',
  'cli/test/commands/plugins-transaction',
  'cli/test/hangs',
  'plugin-eventsub/test/simulated-faults',
].map((name) => `/packages/${name}.`);

/** Suites that start programs, and those that take more time than jest gives. */
const signs = [
  /\b(?:spawn|spawnSync|fork|execFile|execFileSync|runPertybot|startPertybot|askPertybot|servePertybot)\(/,
  /\bjest\.setTimeout\(|\d\d_000\);?$/m,
];

/** Milliseconds that a suite with none, one or both of the signs takes, roughly. */
const usual = [500, 5_000, 20_000];

function guess(path) {
  const place = longest.findIndex((name) => path.includes(name));
  if (place >= 0) return 60_000 - place;
  const text = readFileSync(path, 'utf8');
  return usual[signs.filter((sign) => sign.test(text)).length];
}

module.exports = class extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    if (sorted.every(({ duration }) => duration !== undefined)) return sorted;
    const times = new Map(sorted.map((test) => [test, test.duration ?? guess(test.path)]));
    return sorted.toSorted((one, other) => times.get(other) - times.get(one));
  }
};
