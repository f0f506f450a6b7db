// How long `pertybot --version` and `pertybot --help` take beside a bare oclif command that says hello,
// and what of PertyBot either of them loads. Runs take turns, so that a busy machine is busy for both.
// usage: node bench/start-up.mjs FOLDER [--runs 25] [--most 1.3]
//   FOLDER   where the packed pertybot is installed (its manifest counts); npm run test:pack makes one
//   --most   exits with 1 when pertybot takes more than this many times as long
import { spawnSync } from 'node:child_process';
import {
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '25' }, most: { type: 'string' } },
});
const installed = realpathSync(positionals[0] ?? '.');
const runs = Number(values.runs);
const pertybot = path.join(installed, 'node_modules', 'pertybot', 'bin', 'run.js');
const folder = mkdtempSync(path.join(tmpdir(), 'start-up-'));
const hello = makeHello();

/** What `oclif generate` makes, without the parts that a program could do without. */
function makeHello() {
  const file = (name, text) => writeFileSync(path.join(folder, name), text);
  symlinkSync(path.join(installed, 'node_modules'), path.join(folder, 'node_modules'));
  file(
    'package.json',
    JSON.stringify({
      name: 'hello',
      version: '1.0.0',
      type: 'module',
      oclif: { bin: 'hello', commands: { strategy: 'single', target: './command.js' } },
    }),
  );
  file(
    'command.js',
    "import { Command } from '@oclif/core';\n" +
      'export default class Hello extends Command {\n' +
      "  static summary = 'Say hello.';\n" +
      "  async run() { this.log('hello'); }\n}\n",
  );
  file(
    'run.js',
    "import { execute } from '@oclif/core';\nawait execute({ dir: import.meta.url });\n",
  );
  file(
    'trace.mjs',
    `import { register } from 'node:module';\nregister('./hooks.mjs', import.meta.url);\n`,
  );
  file(
    'hooks.mjs',
    "import { appendFileSync } from 'node:fs';\n" +
      'export async function load(url, context, next) {\n' +
      `  appendFileSync(${JSON.stringify(path.join(folder, 'loaded'))}, url + '\\n');\n` +
      '  return next(url, context);\n}\n',
  );
  const written = spawnSync(process.execPath, ['--input-type=module'], {
    cwd: folder,
    input:
      "import { Plugin } from '@oclif/core';\nimport { writeFileSync } from 'node:fs';\n" +
      'const plugin = new Plugin({ root: process.cwd(), ignoreManifest: true });\n' +
      "await plugin.load();\nwriteFileSync('oclif.manifest.json', JSON.stringify(plugin.manifest));\n",
  });
  if (written.status !== 0) throw new Error(String(written.stderr));
  return path.join(folder, 'run.js');
}

/** Milliseconds from start to exit. */
function time(program, word) {
  const begin = process.hrtime.bigint();
  const { status } = spawnSync(process.execPath, [program, word], { cwd: folder });
  if (status !== 0) throw new Error(`${program} ${word} exited with ${status}`);
  return Number(process.hrtime.bigint() - begin) / 1e6;
}

function median(times) {
  return times.toSorted((a, b) => a - b)[times.length >> 1];
}

/** Modules of ours that are loaded, from their packages on. */
function modulesFor(word) {
  rmSync(path.join(folder, 'loaded'), { force: true });
  const trace = path.join(folder, 'trace.mjs');
  spawnSync(process.execPath, ['--import', trace, pertybot, word], { cwd: folder });
  const urls = readFileSync(path.join(folder, 'loaded'), 'utf8').trim().split('\n');
  return urls.flatMap((url) => url.match(/node_modules\/((?:@pertybot|pertybot)\/.*)/)?.[1] ?? []);
}

let isSlow = false;
for (const word of ['--version', '--help']) {
  const times = { hello: [], pertybot: [] };
  for (let run = -2; run < runs; run += 1) {
    const pair = { hello: time(hello, word), pertybot: time(pertybot, word) };
    if (run < 0) continue;
    times.hello.push(pair.hello);
    times.pertybot.push(pair.pertybot);
  }
  const bare = median(times.hello);
  const ours = median(times.pertybot);
  // The quickest run is the one that nothing else on the machine got in the way of.
  const ratio = Math.min(...times.pertybot) / Math.min(...times.hello);
  const loaded = modulesFor(word);
  const foreign = loaded.filter((module) => !module.startsWith('pertybot/'));
  console.log(
    `${word.padEnd(9)}  hello ${bare.toFixed(0)} ms, pertybot ${ours.toFixed(0)} ms (medians of ${runs}); ` +
      `quickest ${Math.min(...times.hello).toFixed(0)} and ${Math.min(...times.pertybot).toFixed(0)} ms, ` +
      `${ratio.toFixed(2)} times; loads ${loaded.length} modules of pertybot, ${foreign.length} of core and plugins`,
  );
  if (foreign.length > 0) console.error(`It loads ${foreign.join(', ')}.`);
  isSlow ||= foreign.length > 0 || ratio > Number(values.most ?? Number.POSITIVE_INFINITY);
}
rmSync(folder, { recursive: true, force: true });
if (isSlow) process.exitCode = 1;
