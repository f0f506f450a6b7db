// A bot of all first-party plugins that need no other program: oauth, irc, eventsub, gpio, texts and the page, as
// `pertybot start` runs it, against a simulated Twitch in the process of the bench.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startProgram, startServer } from '../chat/harness.mjs';

const root = new URL('../../', import.meta.url);
const { startTwitchSimulator } = await import(
  new URL('packages/twitch-simulator/lib/index.js', root).href
);
const scopes = ['chat:read', 'chat:edit', 'moderator:read:followers'];

/** Makes its folder anew and starts it. @param options.chat where it chats. `ready` resolves when it has joined */
export async function makeFullBot(name, { chat, env = {} } = {}) {
  const own = chat === undefined ? await startServer() : undefined;
  const { port } = chat ?? own;
  const twitch = await startTwitchSimulator({
    accounts: [{ login: 'bench', id: '77' }],
    callsPerMinute: 100_000,
  });
  const folder = new URL(`bench/rest/.pertybot/${name}/`, root);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(new URL('.pertybot', folder), { recursive: true, mode: 0o700 });
  writeFileSync(
    new URL('plugins.yaml', folder),
    `plugins:
  - use: oauth
    config: { clientId: demo, clientSecret: s3cret, idUrl: "${twitch.idUrl}" }
  - use: irc
    config: { channels: [bench], server: 127.0.0.1, port: ${port}, secure: false, limits: verified }
  - use: gpio
    config:
      driver: ${process.env.GPIO_LOG ? 'auto' : 'simulated'}
      gadgets:
        lamp: { type: light, pin: GPIO17 }
        horn: { type: buzzer, pin: GPIO27 }
  - use: eventsub
    config: { apiUrl: "${twitch.apiUrl}", eventsubUrl: "${twitch.eventSubUrl}" }
  - use: texts
    config: { commands: { hello: "Hello {user}!" } }
  - use: dashboard
`,
  );
  const tokens = twitch.id.issueToken({ login: 'bench', scopes });
  const grant = { clientId: 'demo', ...tokens, scopes };
  writeFileSync(new URL('.pertybot/tokens.json', folder), JSON.stringify({ version: 1, grant }), {
    mode: 0o600,
  });
  const ready = own?.hear('joined') ?? chat.joined;
  const program = fileURLToPath(new URL('packages/cli/bin/run.js', root));
  const child = startProgram(program, { args: ['start', '--dir', fileURLToPath(folder)], env });
  const stop = async () => {
    await child.end();
    await own?.stop();
    chat?.stop();
    process.exit();
  };
  return { pid: child.pid, ready, stop };
}
