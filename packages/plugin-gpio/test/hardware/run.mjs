// Runs the hardware suites in a real kernel with a simulated header, once for each kind of Pi.
// usage: node packages/plugin-gpio/test/hardware/run.mjs [name of a run...]
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../../..');
const contract = ['every-model', 'chardev', 'onoff', 'guardian'];
const everything = [...contract, 'guardian-sysfs', 'no-glitch'];

/** What runs where: options of gpio-vm.sh, and the suites. */
const runs = {
  pi5: [
    ['--pi', 'pi5'],
    [...everything, 'gadgets', 'dead-time', 'owners', 'demo-bot'],
  ],
  guardian: [['--persist'], ['guardian-health']],
  failing: [['--persist'], ['failing-pins', 'unexported']],
  estop: [[], ['estop']],
  'pi5-2023': [['--pi', 'pi5-2023'], everything],
  pi4: [['--pi', 'pi4'], everything],
  pi3: [['--pi', 'pi3'], everything],
  user: [['--user'], contract],
  'no-sysfs': [['--no-sysfs'], ['no-sysfs', 'chardev']],
  'no-access': [['--no-access'], ['no-access']],
  busy: [['--busy', '17=spi0'], ['busy']],
  fast: [['--fast'], ['auto-off']],
  stop: [['--persist'], ['stop']],
  duty: [['--persist'], ['duty']],
  latch: [['--persist'], ['latch']],
  limits: [['--persist'], ['limits']],
  'no-header': [['--pi', 'none'], ['no-header']],
  nodes: [['--persist'], ['nodes', 'nodes-network']],
};

/** Each kernel has one processor, and the guardian's times are measured: no more at once. */
const atOnce = 2;

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(runs);
for (const name of names) if (!(name in runs)) throw new Error(`There is no run "${name}".`);

await prepare();
const queue = [...names];
const failed = [];
await Promise.all(Array.from({ length: atOnce }, work));
if (failed.length > 0) {
  console.error(`Hardware suites failed: ${failed.join(', ')}.`);
  process.exitCode = 1;
}

async function work() {
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    const started = performance.now();
    const { fault, report } = await run(...runs[name]);
    const seconds = ((performance.now() - started) / 1_000).toFixed(1);
    const outcome = fault ? `FAILED (${fault})` : 'passed';
    console.log(`\n===== ${name}: ${outcome} in ${seconds} s\n${report}`);
    if (fault) failed.push(name);
  }
}

/**
 * Builds the packages, since some suites start bots, and boots once: on a new machine that installs what the
 * kernel needs and builds it, which two at once would hinder each other in.
 */
async function prepare() {
  for (const [command, ...words] of [
    ['node', 'tools/setup.mjs'],
    ['tools/gpio-vm.sh', '--', 'true'],
  ]) {
    const { code, output } = await execute(command, words);
    if (code !== 0) throw new Error(`"${command}" ended with ${code}.\n${output}`);
  }
}

/** Resolves to what was said, and to what went wrong, if anything. */
async function run(options, suites) {
  const jest = [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
    '--config=packages/plugin-gpio/test/hardware/jest.config.mjs',
    '--runInBand',
    '--watchman=false',
    '--verbose',
    '--runTestsByPath',
    ...suites.map((suite) => `packages/plugin-gpio/test/hardware/${suite}.hardware.ts`),
  ];
  const inside = ['--timeout', '900', ...options, '--', 'node', ...jest];
  const { code, output: report } = await execute('tools/gpio-vm.sh', inside);
  const passed = `Test Suites: ${suites.length} passed, ${suites.length} total`;
  if (code !== 0) return { report, fault: `exit code ${code}` };
  if (!report.includes(passed)) return { report, fault: `not all of ${suites.length} suites ran` };
  if (/Tests: .*(skipped|todo)/.test(report)) return { report, fault: 'tests were left out' };
  return { report };
}

function execute(command, args) {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const keep = (chunk) => {
    output += chunk;
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: 1, output: error.message }));
    child.once('close', (code) => resolve({ code, output }));
  });
}
