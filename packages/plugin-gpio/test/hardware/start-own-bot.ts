import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const program = resolve('packages/cli/bin/run.js');

/** Switches outputs on as the bot starts, and blocks when it is told to. */
const onPlugin = `import { definePlugin } from '@pertybot/core';
import { Gadgets } from '@pertybot/plugin-gpio';
export default definePlugin({
  name: 'on',
  needs: { gadgets: Gadgets },
  async start({ gadgets, log }) {
    for (const name of ['lamp', 'relay']) await gadgets.find(name)?.perform('on');
    process.on('SIGURG', () => { const end = Date.now() + 20_000; while (Date.now() < end); });
    log.info('They are on.');
  },
});
`;

/** A bot of the ordinary command, in a folder of its own, with GPIO17 on at 1 and GPIO27 on at 0. */
export interface OwnBot {
  readonly folder: string;
  readonly process: ChildProcess;
  /** The process that runs the bot, where it is not `process` itself. */
  readonly guardian: number;
  file(name: string): string;
}

/**
 * Starts it.
 * @param driver of its pins
 * @param before a command that runs it, with arguments
 */
export async function startOwnBot(driver: string, before: readonly string[] = []): Promise<OwnBot> {
  const folder = mkdtempSync(join(tmpdir(), 'own-bot-'));
  const file = (name: string) => join(folder, name);
  mkdirSync(file('node_modules/@pertybot'), { recursive: true });
  for (const name of ['core', 'plugin-gpio']) {
    symlinkSync(resolve('packages', name), file(`node_modules/@pertybot/${name}`));
  }
  writeFileSync(file('package.json'), '{ "name": "own-bot", "type": "module" }');
  writeFileSync(file('on.js'), onPlugin);
  writeFileSync(
    file('plugins.yaml'),
    `plugins:
  - use: gpio
    config:
      driver: ${driver}
      gadgets:
        lamp: { type: light, pin: GPIO17 }
        relay: { type: relay, pin: GPIO27, activeLow: true, maxOn: 30s }
  - use: ./on.js
`,
  );
  const words = [...before, process.execPath, program, 'start', '--dir', folder];
  const [command = '', ...others] = words;
  const bot = spawn(command, others, { stdio: ['ignore', 'inherit', 'pipe'] });
  const lines = createInterface({ input: bot.stderr });
  const ready = new Promise<void>((done) => {
    lines.on('line', (line) => {
      if (line.includes('They are on.')) done();
      else console.error(`bot: ${line}`);
    });
  });
  await ready;
  const { guardian } = JSON.parse(readFileSync(file('.pertybot/pins.json'), 'utf8'));
  return { folder, process: bot, guardian, file };
}

/** Runs `pertybot` for a folder. */
export async function pertybot(
  folder: string,
  ...words: readonly string[]
): Promise<{ code: number | null; stdout: string }> {
  const child = spawn(process.execPath, [program, ...words, '--dir', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let stdout = '';
  child.stdout.on('data', (part) => {
    stdout += part;
  });
  const [code] = await once(child, 'close');
  return { code, stdout };
}
