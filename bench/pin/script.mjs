// What a maker writes instead of a bot: tmi.js and onoff. Only where chat is, and which token, is the bench's.
import { Gpio } from 'onoff';
import tmi from 'tmi.js';

const base = Number(process.env.GPIO_BASE);
const lamps = new Map(
  [17, 27, 22, 23, 24, 25, 5, 6].map((pin, index) => [
    `!lamp${index + 1}`,
    new Gpio(base + pin, 'out'),
  ]),
);

const client = new tmi.Client({
  options: { skipUpdatingEmotesets: true },
  connection: { server: '127.0.0.1', port: Number(process.env.BENCH_PORT), secure: false },
  identity: { username: 'pertybot', password: 'oauth:benchtoken' },
  channels: ['bench'],
});
client.on('message', (channel, tags, text, self) => {
  if (self) return;
  const [command, state] = text.toLowerCase().split(' ');
  const lamp = lamps.get(command);
  if (lamp === undefined || (state !== 'on' && state !== 'off')) return;
  lamp.writeSync(state === 'on' ? 1 : 0);
  client.say(channel, `@${tags['display-name']} ${command.slice(1)} is ${state}.`);
});
client.connect();
process.on('SIGTERM', () => {
  for (const lamp of lamps.values()) lamp.unexport();
  process.exit();
});
