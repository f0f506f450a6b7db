// Runs programs as somebody has them who has Node and npm and nothing to compile with.
import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';

/** What npm and the scripts of packages may find. */
const tools = ['node', 'npm', 'npx', 'sh', 'env', 'uname', 'flock'];
/** What npm tells its scripts about this repository, and that another npm would obey. */
const told =
  /^(?:npm_(?:config_local_prefix|lifecycle|package|execpath|command)|INIT_CWD|NODE_OPTIONS)/;

/** Ends the run with a reason. */
export class Failure extends Error {}

/** Throws when something is not as it must be. */
export function demand(condition, reason) {
  if (!condition) throw new Failure(reason);
}

function which(name) {
  const { status, stdout } = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
  demand(status === 0, `"${name}" is not in PATH.`);
  return stdout.trim();
}

/**
 * Makes a shell without a compiler.
 * @param folder where its PATH is made
 * @param node the Node that is found there
 * @returns its environment, and what runs a program: what that wrote to both outputs comes back; an exit code other than `exit` throws, unless that is 'any'
 */
export function makeShell(folder, node = process.execPath) {
  const bin = path.join(folder, 'bin');
  mkdirSync(bin);
  for (const name of tools) symlinkSync(name === 'node' ? node : which(name), path.join(bin, name));
  const ours = Object.entries(process.env).filter(([name]) => !told.test(name));
  const own = { PATH: bin, NO_COLOR: '1', XDG_CACHE_HOME: path.join(folder, 'cache') };
  const environment = { ...Object.fromEntries(ours), ...own };
  const run = (program, words, { cwd, input = '', exit = 0 }) => {
    const options = { cwd, input, env: environment, encoding: 'utf8', timeout: 300_000 };
    const { status, signal, stdout, stderr } = spawnSync(program, words, options);
    demand(
      exit === 'any' || status === exit,
      `"${[program, ...words].join(' ')}" ended with ${signal ?? status}:\n${stdout}${stderr}`,
    );
    return { status, stdout, stderr };
  };
  return { environment, run };
}
