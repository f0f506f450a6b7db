// Bare tmi.js with its own defaults and one listener.
import { channels, countCommand, countMessage, port, token } from '../meter.mjs';
import { tmi } from '../packages.mjs';

const client = new (tmi().Client)({
  // Without it tmi.js calls a server that Twitch has switched off.
  options: { skipUpdatingEmotesets: true },
  connection: { server: '127.0.0.1', port, secure: false },
  identity: { username: 'pertybot', password: `oauth:${token}` },
  channels: [...channels],
});
client.on('message', (channel, _tags, text, self) => {
  if (self) return;
  countMessage();
  if (!text.startsWith('!')) return;
  countCommand();
  if (text.startsWith('!led ')) client.say(channel, `led is ${text.slice(5)}`);
});
await client.connect();
