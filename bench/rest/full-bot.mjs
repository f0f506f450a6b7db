// A bot of all first-party plugins: oauth, irc, gpio, eventsub, texts, mqtt and the page, as `pertybot start` runs it,
// against a simulated Twitch in the process of the bench and a Mosquitto; without mqtt where there is none.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startProgram, startServer } from '../chat/harness.mjs';
import { hasBroker, startBroker } from '../mqtt/broker.mjs';

const root = new URL('../../', import.meta.url);
const { startTwitchSimulator } = await import(
  new URL('packages/twitch-simulator/lib/index.js', root).href
);
const scopes = ['chat:read', 'chat:edit', 'moderator:read:followers'];

/**
 * Makes its folder anew and starts it. `ready` resolves when it has joined.
 * @param options.chat where it chats
 * @param options.local texts of local plugins that it has beside them, by name
 */
export async function makeFullBot(name, { chat, env = {}, local = {} } = {}) {
  const own = chat === undefined ? await startServer() : undefined;
  const { port } = chat ?? own;
  const twitch = await startTwitchSimulator({
    accounts: [{ login: 'bench', id: '77' }],
    callsPerMinute: 100_000,
  });
  const broker = hasBroker ? await startBroker() : undefined;
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
${broker ? `  - use: mqtt\n    config: { broker: "${broker.url}", nodes: { shed: {} } }\n` : ''}${Object.keys(
  local,
)
  .map((each) => `  - use: ./${each}.js\n`)
  .join('')}`,
  );
  for (const [each, text] of Object.entries(local))
    writeFileSync(new URL(`${each}.js`, folder), text);
  const tokens = twitch.id.issueToken({ login: 'bench', scopes });
  const grant = { clientId: 'demo', ...tokens, scopes };
  writeFileSync(new URL('.pertybot/tokens.json', folder), JSON.stringify({ version: 1, grant }), {
    mode: 0o600,
  });
  const ready = own?.hear('joined') ?? chat.joined;
  const program = fileURLToPath(new URL('packages/cli/bin/run.js', root));
  const child = startProgram(program, { args: ['start', '--dir', fileURLToPath(folder)], env });
  /** Ends the bot, and all that it was made with. */
  const end = async () => {
    await child.end();
    await Promise.all([own?.stop(), twitch.stop(), broker?.kill()]);
  };
  const stop = async (exitCode = 0) => {
    await end();
    chat?.stop();
    process.exit(exitCode);
  };
  return { pid: child.pid, folder: fileURLToPath(folder), ready, child, end, stop };
}
