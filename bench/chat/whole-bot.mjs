// The whole bot, as `pertybot start` runs it: oauth, irc, gpio on the simulated board, and a local
// TypeScript plugin. Its folder is made anew; its token is one of a simulated Twitch.
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { before, startProgram } from './harness.mjs';

/** This checkout. */
export const root = new URL('../../', import.meta.url);

/** The one that is measured beside it. */
export const rootBefore = before && pathToFileURL(`${before}/`);

const wholeBotOf = (checkout) => new URL('bench/chat/.pertybot/whole-bot/', checkout);

/** The folder of this checkout's whole bot. */
export const wholeBot = wholeBotOf(root);

const simulator = new URL('packages/twitch-simulator/lib/index.js', root);

/** A simulated Twitch with the bot's account. */
export async function startTwitch() {
  const { startTwitchSimulator } = await import(simulator.href);
  return startTwitchSimulator();
}

/** The bot's folder in a checkout, made anew. Its chat is at `chatPort`, its tokens come from `twitch`. */
export function makeWholeBot(twitch, chatPort, checkout = root) {
  const wholeBot = wholeBotOf(checkout);
  rmSync(wholeBot, { recursive: true, force: true });
  mkdirSync(new URL('plugins', wholeBot), { recursive: true });
  mkdirSync(new URL('.pertybot', wholeBot), { mode: 0o700 });
  copyFileSync(new URL('plugins/confetti.ts', root), new URL('plugins/confetti.ts', wholeBot));
  writeFileSync(
    new URL('plugins.yaml', wholeBot),
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
  const file = new URL('.pertybot/tokens.json', wholeBot);
  writeFileSync(file, JSON.stringify({ version: 1, grant }), { mode: 0o600 });
  return wholeBot;
}

/** Folder of a bot with chat and nothing else, and a token that is never checked; made anew. */
export function makeChatBot(chatPort, channels, name, checkout = root) {
  const folder = new URL(`bench/chat/.pertybot/${name}/`, checkout);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    new URL('plugins.yaml', folder),
    `plugins:
  - use: ../../bot/fixed-token.mjs
  - use: irc
    config: { channels: [${channels}], server: 127.0.0.1, port: ${chatPort}, secure: false }
`,
  );
  return folder;
}

/** `pertybot start` of a checkout, in `folder`. */
export function startBot(folder, { execArgv = [], checkout = root } = {}) {
  return startProgram(fileURLToPath(new URL('packages/cli/bin/run.js', checkout)), {
    args: ['start', '--dir', fileURLToPath(folder)],
    execArgv,
  });
}
