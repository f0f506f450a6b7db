// The same script where there are no pins: it writes a file, and notes when it has.
import { openSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tmi from 'tmi.js';
import { tellMoves } from '../eventsub/moves.mjs';

const moved = tellMoves();
const open = (index) => openSync(join(tmpdir(), `pertybot-bench-lamp${index}-${process.pid}`), 'w');
const lamps = new Map([1, 2, 3, 4, 5, 6, 7, 8].map((index) => [`!lamp${index}`, open(index)]));

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
  writeSync(lamp, state === 'on' ? '1' : '0', 0);
  moved();
  client.say(channel, `@${tags['display-name']} ${command.slice(1)} is ${state}.`);
});
client.connect();
