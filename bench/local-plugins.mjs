// Time to start with many local plugins: the first time, when each is copied, and later; and from an edit of one to its running.
// usage: npm run build && node bench/local-plugins.mjs [--plugins 100] [--rounds 3]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { goal, goalHead, machine, now, option, table } from './chat/harness.mjs';

const rounds = option('rounds', 3);
const count = option('plugins', 100);
const folder = fileURLToPath(new URL('rest/.pertybot/local/', import.meta.url));
const program = fileURLToPath(new URL('../packages/cli/bin/run.js', import.meta.url));
const names = Array.from({ length: count }, (_, index) => `plugin${index}`);

const source = (name, answer) => `import { definePlugin } from '@pertybot/core';
interface Answer { readonly text: string }
const answer: Answer = { text: '${answer}' };
export default definePlugin({
  name: '${name}',
  start({ command, log }) {
    command('${name}', { about: 'Answers' }, async ({ reply }) => void (await reply(answer.text)));
    log.info(\`\${answer.text} runs\`);
  },
});
`;

function makeBot() {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(`${folder}plugins`, { recursive: true });
  const lines = names.map((name) => `  - use: ./plugins/${name}.ts`);
  writeFileSync(`${folder}plugins.yaml`, `plugins:\n${lines.join('\n')}\n`);
  for (const name of names) writeFileSync(`${folder}plugins/${name}.ts`, source(name, 'first'));
}

/** A bot, and when it said what. */
function start() {
  const begun = now();
  const child = spawn(process.execPath, [program, 'start', '--dir', folder], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const lines = createInterface({ input: child.stderr });
  const said = async (text) => {
    for (;;) {
      const [line] = await once(lines, 'line');
      if (line.includes(text)) return now();
    }
  };
  const stop = async () => {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  };
  return { begun, said, stop };
}

const first = [];
const later = [];
const edits = [];
for (let round = 0; round < rounds; round++) {
  makeBot();
  for (const times of [first, later]) {
    // What was written less than two seconds before it was read is read again at the next edit.
    if (times === later) await sleep(2_500);
    const bot = start();
    times.push((await bot.said('The bot is ready')) - bot.begun);
    if (times === later) {
      await sleep(500);
      const running = bot.said('edited runs');
      const written = now();
      writeFileSync(`${folder}plugins/plugin0.ts`, source('plugin0', 'edited'));
      edits.push((await running) - written);
    }
    await bot.stop();
  }
}
console.log(`### ${count} local plugins\n\n${machine()}, ${rounds} rounds\n`);
console.log(
  table(goalHead, [
    goal('first start, ms', 3_000, first, { digits: 0 }),
    goal('later starts, ms', 1_000, later, { digits: 0 }),
    // The watcher waits for 200 ms of quiet.
    goal('from an edit to running, the pause of 200 ms included, ms', 350, edits, { digits: 0 }),
  ]),
);
