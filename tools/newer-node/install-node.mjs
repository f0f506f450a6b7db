// Brings a newer Node from npm: each package holds the whole program for one platform, and runs no script.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { demand, Failure } from '../pack/shell.mjs';

/** Names that npm's packages have for what Node calls otherwise. */
const names = { arm: 'armv7l' };

/**
 * Installs Node.
 * @param folder an own one is made in it
 * @param major such as 24
 * @returns the program, and its version
 */
export function installNode(folder, major) {
  const home = path.join(folder, `node-${major}`);
  mkdirSync(home);
  const name = `node-${process.platform}-${names[process.arch] ?? process.arch}`;
  const words = ['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts'];
  const npm = spawnSync('npm', [...words, '--prefix', home, `${name}@${major}`], {
    cwd: home,
    encoding: 'utf8',
    timeout: 300_000,
  });
  if (npm.status !== 0) {
    const why = npm.error?.message ?? npm.stderr.trim();
    throw new Failure(
      `Node ${major} ("${name}") cannot be had from npm, so nothing was tried:\n${why}`,
    );
  }
  const program = path.join(home, 'node_modules', name, 'bin', 'node');
  const { stdout, error } = spawnSync(program, ['-p', 'process.versions.node'], {
    encoding: 'utf8',
  });
  demand(error === undefined, `"${program}" does not run: ${error?.message}`);
  const version = stdout.trim();
  demand(version.startsWith(`${major}.`), `npm brought Node ${version} instead of ${major}.`);
  return { program, version };
}
