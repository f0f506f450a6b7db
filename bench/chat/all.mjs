// Every bench of chat, one after another, as one page of tables.
// usage: npm run build && node bench/chat/all.mjs > figures.md
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { machine } from './harness.mjs';
import { installPeers } from './packages.mjs';

installPeers();
console.log(`${new Date().toISOString().slice(0, 10)}, ${machine()}\n`);
for (const name of ['throughput', 'round-trip', 'start', 'memory']) {
  const file = fileURLToPath(new URL(`${name}.mjs`, import.meta.url));
  const { status, stdout } = spawnSync(process.execPath, [file], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  console.log(stdout);
  if (status !== 0) process.exitCode = 1;
}
