// Packages as those that depend on them see them: the bench adds no dependency to the project.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const peersFolder = fileURLToPath(new URL('peers/', import.meta.url));

/** A CommonJS dependency of one of our packages, such as tmi.js of plugin-irc. */
export function dependencyOf(ourPackage, name) {
  const manifest = new URL(`../../packages/${ourPackage}/package.json`, import.meta.url);
  return createRequire(manifest)(name);
}

/** The very tmi.js and ws that the IRC plugin uses. */
export const tmi = () => dependencyOf('plugin-irc', 'tmi.js');
export const ws = () => {
  const manifest = new URL('../../packages/plugin-irc/package.json', import.meta.url);
  return createRequire(createRequire(manifest).resolve('tmi.js'))('ws');
};

/** A file of a peer's package, such as `@twurple/auth/lib/index.js`. */
export function peer(file) {
  return createRequire(import.meta.url)(`${peersFolder}node_modules/${file}`);
}

/** Installs the peers into their own folder, once. */
export function installPeers() {
  if (existsSync(`${peersFolder}node_modules/@twurple/easy-bot`)) return;
  console.error('Installing the peers into bench/chat/peers/node_modules …');
  const options = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--no-package-lock'];
  execFileSync('npm', options, { cwd: peersFolder, stdio: ['ignore', 'ignore', 'inherit'] });
}
