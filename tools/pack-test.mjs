// What somebody gets who installs PertyBot from npm: packs every package, installs the tarballs in an empty
// folder without a compiler in reach, makes a bot, talks to it, adds a plugin and takes it out again; and
// makes a plugin's package, builds, tests, verifies and packs it, and adds that to the bot.
// usage: npm run test:pack [-- --keep]
//   --keep   leaves the folder behind and says where it is
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { packFixturePlugin } from './pack/fixture-plugin.mjs';
import { megabytes, readInstallation } from './pack/installation.mjs';
import { demand, Failure, makeShell } from './pack/shell.mjs';
import { lint, packAll } from './pack/tarballs.mjs';

const mostPackages = 120;
const mostBytes = 60 * 1_048_576;

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
// The true path: npm looks for tarballs that package.json names by relative paths.
const work = mkdtempSync(path.join(tmpdir(), 'pack-test-'));
const { run } = makeShell(work);
const tarballs = path.join(work, 'tarballs');

function step(text) {
  console.log(`\n${text}`);
}

function emptyFolder(name) {
  const folder = path.join(work, name);
  mkdirSync(folder);
  return folder;
}

/** Runs what is installed, and never what npx could fetch. */
function pertybot(words, options) {
  return run('npx', ['--no', '--', 'pertybot', ...words], options);
}

/** Runs the demo of a bot; every line must be JSON, and `lines` must all be among them. */
function talkTo(folder, chat, lines) {
  const { stdout } = pertybot(['dev', '--json'], {
    cwd: folder,
    input: chat,
  });
  const events = stdout.trim().split('\n').map(JSON.parse);
  for (const line of [{ type: 'ready' }, ...lines, { type: 'stopped' }]) {
    const isIt = (event) => Object.entries(line).every(([key, value]) => event[key] === value);
    demand(events.some(isIt), `"pertybot dev" did not say ${JSON.stringify(line)}:\n${stdout}`);
  }
}

const lampOn = { type: 'pin', gadget: 'lamp', pin: 'GPIO17', level: 1 };
const lampOff = { ...lampOn, level: 0 };

/** Installs everything with these words to npm, makes a bot in it, and talks to that. */
function tryInstall(packages, name, words) {
  const folder = emptyFolder(name);
  const files = packages.map(({ tarball }) => path.relative(folder, tarball));
  const begin = performance.now();
  run('npm', ['install', '--no-audit', '--no-fund', ...words, ...files], { cwd: folder });
  const took = Math.round(performance.now() - begin);
  const { version } = packages.find(({ name: each }) => each === 'pertybot');
  const { stdout } = pertybot(['--version'], { cwd: folder });
  demand(stdout.startsWith(`pertybot/${version} `), `"pertybot --version" says ${stdout}`);
  pertybot(['init', 'mybot', '--yes'], { cwd: folder });
  const bot = path.join(folder, 'mybot');
  demand(!existsSync(path.join(bot, 'node_modules')), 'init installed what was there already.');
  talkTo(bot, '!lamp on\nalice: !hello\nalice: !roll\n', [
    lampOn,
    lampOff,
    { type: 'reply', text: 'Hello alice!' },
  ]);
  const installed = readInstallation(folder);
  const natives = ['koffi', 'onoff'].filter((each) => installed.some((one) => one.name === each));
  console.log(
    `  ${took} ms, ${installed.length} packages, native: ${natives.join(', ') || 'none'}`,
  );
  return { folder, installed };
}

/** Adds a stranger's tarball to a bot that owns its node_modules, and takes it out again. */
function tryPlugin(packages) {
  const folder = emptyFolder('own');
  const files = packages.map(({ tarball }) => path.relative(folder, tarball));
  run('npm', ['install', '--no-audit', '--no-fund', ...files], { cwd: folder });
  pertybot(['init', '--yes'], { cwd: folder });
  const file = path.join(folder, 'plugins.yaml');
  const before = `${readFileSync(file, 'utf8')}# The last word.\n`;
  writeFileSync(file, before);
  const manifest = readFileSync(path.join(folder, 'package.json'), 'utf8');
  const { name, tarball } = packFixturePlugin(work);
  const way = `./${path.relative(folder, tarball)}`;
  pertybot(['plugins', 'add', way, '--yes'], { cwd: folder });
  const after = readFileSync(file, 'utf8').split('\n');
  const kept = before.split('\n').every((line) => after.includes(line));
  demand(kept, `"plugins add" changed what was in plugins.yaml:\n${after.join('\n')}`);
  const mark = path.join(folder, 'node_modules', name, 'mark');
  demand(!existsSync(mark), '"plugins add" ran the install script of the plugin.');
  talkTo(folder, '!flip\n!lamp on\n', [{ type: 'reply', text: 'It is heads.' }, lampOn, lampOff]);
  pertybot(['plugins', 'remove', name], { cwd: folder });
  const end = readFileSync(file, 'utf8');
  demand(end === before, `"plugins remove" left plugins.yaml changed:\n${end}`);
  const left = readFileSync(path.join(folder, 'package.json'), 'utf8');
  demand(left === manifest, `"plugins remove" left package.json changed:\n${left}`);
  demand(!existsSync(path.join(folder, 'node_modules', name)), `"${name}" is still installed.`);
  talkTo(folder, '!lamp on\n', [lampOn, lampOff]);
  return folder;
}

/** What an author does from nothing to a tarball, and an owner with that. */
function tryNewPlugin(packages, bot) {
  const folder = emptyFolder('author');
  pertybot(['plugins', 'create', 'party-dice', '--package', '--dir', folder], { cwd: bot });
  const home = path.join(folder, 'pertybot-plugin-party-dice');
  const manifest = readFileSync(path.join(home, 'package.json'), 'utf8');
  const files = packages.map(({ tarball }) => path.relative(home, tarball));
  // As `npm install`, but with what is not published yet.
  run('npm', ['install', '--no-save', '--no-audit', '--no-fund', ...files], { cwd: home });
  const verify = ['plugins', 'verify', '.'];
  const { stdout: unbuilt } = pertybot(verify, { cwd: home, exit: 1 });
  demand(
    unbuilt.includes('Run: npm run build'),
    `"plugins verify" does not miss dist:\n${unbuilt}`,
  );
  run('npm', ['run', 'build'], { cwd: home });
  const { stdout: tested } = run('npm', ['test'], { cwd: home });
  demand(
    /^(?:#|ℹ) pass 3$/m.test(tested),
    `The tests of a new package did not all run:\n${tested}`,
  );
  const { stdout: verified } = pertybot(verify, { cwd: home });
  demand(!/^[!✗]/m.test(verified), `"plugins verify" finds fault with a new package:\n${verified}`);
  const left = readFileSync(path.join(home, 'package.json'), 'utf8');
  demand(left === manifest, 'Something changed the package.json of a new package.');
  const [{ filename }] = JSON.parse(
    run('npm', ['pack', '--json', '--silent'], { cwd: home }).stdout,
  );
  lint(root, { name: filename, tarball: path.join(home, filename) });
  const way = path.relative(bot, path.join(home, filename));
  pertybot(['plugins', 'add', way, '--yes'], { cwd: bot });
  const { stdout } = pertybot(['dev', '--json'], { cwd: bot, input: 'alice: !party-dice 2\n' });
  demand(/"text":"alice rolls [1-6], [1-6]"/.test(stdout), `The new plugin is silent:\n${stdout}`);
}

/** Compiles a program that imports all we publish, and checks the declarations that it leads to. */
function checkTypes(folder, packages) {
  const entries = packages.filter(({ name }) => name !== 'pertybot').map(({ name }) => name);
  const imports = [...entries, '@pertybot/core/testing'];
  const file = path.join(folder, 'consumer.mts');
  writeFileSync(
    file,
    imports.map((name, at) => `export * as part${at} from '${name}';\n`).join(''),
  );
  const typeRoots = path.join(root, 'node_modules', '@types');
  const options =
    '--noEmit --strict --target es2023 --module node20 --skipLibCheck false --types node';
  const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  run(process.execPath, [tsc, ...options.split(' '), '--typeRoots', typeRoots, file], {
    cwd: folder,
  });
}

/** What a bot with a Twitch login, chat and pins installs; the kit for plugin authors is not part of it. */
function checkSize(installed) {
  const forBots = installed.filter(({ name }) => name !== '@pertybot/testing');
  const bytes = forBots.reduce((sum, each) => sum + each.bytes, 0);
  console.log(`  ${forBots.length} packages, ${megabytes(bytes)} on disk; the largest:`);
  for (const each of forBots.toSorted((a, b) => b.bytes - a.bytes).slice(0, 8)) {
    console.log(`    ${megabytes(each.bytes).padStart(8)}  ${each.name}@${each.version}`);
  }
  demand(
    forBots.length <= mostPackages,
    `${forBots.length} packages are more than ${mostPackages}.`,
  );
  demand(bytes <= mostBytes, `${megabytes(bytes)} are more than ${megabytes(mostBytes)}.`);
}

/** Given up by its authors for good; a registry that does not say so tells of no other, either. */
const deprecatedForSure = 'har-validator@5.1.5';

/** No package that a bot installs may be deprecated. */
function checkDeprecations(folder, installed) {
  const given = installed.filter(({ deprecated }) => deprecated);
  const names = given.map(({ name, version, deprecated }) => `${name}@${version} (${deprecated})`);
  demand(given.length === 0, `Deprecated: ${names.join(', ')}`);
  const words = ['view', deprecatedForSure, 'deprecated'];
  const { stdout } = run('npm', words, { cwd: folder, exit: 'any' });
  console.log(
    stdout.trim() === ''
      ? '  NOT CHECKED: this registry does not tell which packages are deprecated'
      : `  none of ${installed.length}`,
  );
}

/** No package that a bot installs may have a known vulnerability. */
function checkAdvisories(folder) {
  const words = ['audit', '--omit=dev', '--json'];
  const { status, stdout } = run('npm', words, { cwd: folder, exit: 'any' });
  const report = JSON.parse(stdout);
  if (report.vulnerabilities === undefined) {
    const why =
      /\b[45]\d\d [A-Z][\w ]+/.exec(report.message ?? '')?.[0].trim() ?? report.error?.code;
    console.log(`  NOT CHECKED: this registry does not answer npm audit (${why ?? 'no reason'})`);
    return;
  }
  demand(status === 0, `Vulnerable: ${Object.keys(report.vulnerabilities).join(', ')}`);
  console.log('  none');
}

try {
  mkdirSync(tarballs);
  step('npm pack, publint, arethetypeswrong');
  const packages = packAll(root, tarballs);
  for (const each of packages) {
    lint(root, each);
    console.log(`  ${each.name}: ${each.size} bytes packed, ${each.unpackedSize} unpacked`);
  }
  step('without a compiler');
  const { folder } = tryInstall(packages, 'plain', []);
  step('--omit=optional');
  tryInstall(packages, 'omit-optional', ['--omit=optional']);
  step('--ignore-scripts');
  const { installed } = tryInstall(packages, 'ignore-scripts', ['--ignore-scripts']);
  step('size');
  checkSize(installed);
  step('deprecated packages');
  checkDeprecations(folder, installed);
  step('known vulnerabilities');
  checkAdvisories(folder);
  step('types');
  checkTypes(folder, packages);
  step('a plugin in, and out again');
  const bot = tryPlugin(packages);
  step('a plugin from nothing, into a bot');
  tryNewPlugin(packages, bot);
  step('start-up');
  const bench = path.join(root, 'bench', 'start-up.mjs');
  const { stdout } = run(process.execPath, [bench, folder, '--most', '1.3'], { cwd: work });
  console.log(stdout.trimEnd().replaceAll(/^/gm, '  '));
  console.log('\ntest:pack passed');
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(`\ntest:pack failed: ${error.message}`);
  process.exitCode = 1;
} finally {
  if (process.argv.includes('--keep')) console.log(`Left in ${work}`);
  else rmSync(work, { recursive: true, force: true });
}
