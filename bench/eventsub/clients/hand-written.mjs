// The least that is needed: ws, JSON.parse, and a write of one byte to a file, as sysfs takes it.
import { openSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tellMoves } from '../moves.mjs';
import { WebSocket } from '../own-ws.mjs';

const { BENCH_PORT: port } = process.env;
const pin = openSync(join(tmpdir(), `pertybot-bench-pin-${process.pid}`), 'w');
const moved = tellMoves();
const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, { perMessageDeflate: false });
let next = 1;
socket.on('message', async (data) => {
  const { metadata, payload } = JSON.parse(data);
  if (metadata.message_type === 'session_welcome') {
    await fetch(`http://127.0.0.1:${port}/helix/eventsub/subscriptions`, {
      method: 'POST',
      body: JSON.stringify({
        type: 'channel.follow',
        version: '2',
        transport: { method: 'websocket', session_id: payload.session.id },
      }),
    });
  }
  if (metadata.subscription_type !== 'channel.follow') return;
  writeSync(pin, String(next), 0);
  next = 1 - next;
  moved();
});
