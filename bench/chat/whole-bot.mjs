// The whole bot, as `pertybot start` runs it: oauth, irc, gpio on the simulated board, and a local
// TypeScript plugin. Its folder is made anew; its token is one of a simulated Twitch.
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startProgram } from './harness.mjs';

const root = new URL('../../', import.meta.url);
const folder = new URL('bench/chat/.pertybot/whole-bot/', root);
const simulator = new URL('packages/twitch-simulator/lib/index.js', root);

/** A simulated Twitch with the bot's account. */
export async function startTwitch() {
  const { startTwitchSimulator } = await import(simulator.href);
  return startTwitchSimulator();
}

/** Makes the bot's folder. Its chat is at `chatPort`, its tokens come from `twitch`. */
export function makeWholeBot(twitch, chatPort) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(new URL('plugins', folder), { recursive: true });
  mkdirSync(new URL('.pertybot', folder), { mode: 0o700 });
  copyFileSync(new URL('plugins/confetti.ts', root), new URL('plugins/confetti.ts', folder));
  writeFileSync(
    new URL('plugins.yaml', folder),
    `plugins:
  - use: oauth
    config: { clientId: demo, clientSecret: s3cret, idUrl: "${twitch.idUrl}" }
  - use: irc
    config: { channels: [bench], server: 127.0.0.1, port: ${chatPort}, secure: false }
  - use: gpio
    config:
      driver: simulated
      gadgets:
        lamp: { type: light, pin: GPIO17, maxOn: 10m }
        horn: { type: buzzer, pin: GPIO27, maxOn: 2s }
  - use: ./plugins/confetti.ts
    config: { pin: GPIO22 }
`,
  );
  const scopes = ['chat:read', 'chat:edit'];
  const tokens = twitch.id.issueToken({ login: 'pertybot', scopes });
  const grant = { clientId: 'demo', ...tokens, scopes };
  const file = new URL('.pertybot/tokens.json', folder);
  writeFileSync(file, JSON.stringify({ version: 1, grant }), { mode: 0o600 });
}

/** `pertybot start` in the folder that {@link makeWholeBot} made. */
export function startWholeBot({ execArgv = [] } = {}) {
  return startProgram(fileURLToPath(new URL('packages/cli/bin/run.js', root)), {
    args: ['start', '--dir', fileURLToPath(folder)],
    execArgv,
  });
}
