// A chat server in a process of its own. It speaks as much IRC over WebSocket as a client needs to
// join, floods frames that were made before, and measures round trips. Forked by the bench.
import { channel, createLines } from './lines.mjs';
import { ws } from './packages.mjs';

const { WebSocketServer } = ws();
const poolSize = 20_000;
const chunkSize = 64 * 1024;
const lines = createLines(poolSize);

/** One unmasked WebSocket text frame. */
function frame(text) {
  const payload = Buffer.from(text);
  const header =
    payload.length < 126
      ? Buffer.from([0x81, payload.length])
      : Buffer.from([0x81, 126, payload.length >> 8, payload.length & 0xff]);
  return Buffer.concat([header, payload]);
}

const pools = new Map();
/** All frames of the pool with so many lines in each. */
function framesOf(perFrame) {
  let frames = pools.get(perFrame);
  if (frames === undefined) {
    frames = [];
    for (let start = 0; start < poolSize; start += perFrame) {
      frames.push(frame(`${lines.slice(start, start + perFrame).join('\r\n')}\r\n`));
    }
    pools.set(perFrame, frames);
  }
  return frames;
}

let socket;
let onReply = () => {};
const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
server.on('connection', (client) => {
  socket = client;
  const joined = new Set();
  let nick = 'pertybot';
  client.on('message', (data) => {
    for (const line of data.toString().split('\r\n')) {
      const [word, first = ''] = line.replace(/^@\S+ /, '').split(' ');
      if (word === 'NICK') {
        nick = first;
        const welcome = ['001', '002', '003', '004', '375', '372', '376'].map(
          (code) => `:tmi.twitch.tv ${code} ${nick} :hello`,
        );
        const state = `@badge-info=;badges=;color=;display-name=${nick};emote-sets=0;user-id=1;user-type= :tmi.twitch.tv GLOBALUSERSTATE`;
        client.send(`${[...welcome, state].join('\r\n')}\r\n`);
      } else if (word === 'CAP') {
        const asked = line.slice(line.indexOf(':') + 1);
        const known = 'twitch.tv/commands twitch.tv/membership twitch.tv/tags';
        if (first === 'LS') client.send(`:tmi.twitch.tv CAP * LS :${known}\r\n`);
        if (first === 'REQ') client.send(`:tmi.twitch.tv CAP * ACK :${asked}\r\n`);
      } else if (word === 'JOIN') {
        for (const name of first.split(',')) {
          joined.add(name);
          const user = `:${nick}!${nick}@${nick}.tmi.twitch.tv`;
          client.send(
            `${user} JOIN ${name}\r\n:${nick}.tmi.twitch.tv 353 ${nick} = ${name} :${nick}\r\n:${nick}.tmi.twitch.tv 366 ${nick} ${name} :End of /NAMES list\r\n`,
          );
          client.send(
            `@badge-info=;badges=moderator/1;color=;display-name=${nick};emote-sets=0;mod=1;subscriber=0;user-type=mod :tmi.twitch.tv USERSTATE ${name}\r\n@emote-only=0;followers-only=-1;r9k=0;room-id=12345678;slow=0;subs-only=0 :tmi.twitch.tv ROOMSTATE ${name}\r\n`,
          );
        }
        process.send({ type: 'joined', count: joined.size, at: now() });
      } else if (word === 'PING') {
        client.send(`:tmi.twitch.tv PONG tmi.twitch.tv ${line.slice(5)}\r\n`);
      } else if (word === 'PONG') {
        process.send({ type: 'flooded' });
      } else if (word === 'PRIVMSG') {
        onReply(line);
      }
    }
  });
});

/** Milliseconds on the machine's monotonic clock, which all processes share. */
function now() {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** Writes `count` lines as fast as the client reads them, and a PING that it answers behind them. */
async function flood({ count, perFrame }) {
  const frames = framesOf(perFrame);
  const raw = socket._socket;
  let chunk = [];
  let size = 0;
  const write = async () => {
    const free = raw.write(Buffer.concat(chunk));
    chunk = [];
    size = 0;
    if (!free) await new Promise((resolve) => raw.once('drain', resolve));
  };
  for (let index = 0; index < count / perFrame; index++) {
    const next = frames[index % frames.length];
    chunk.push(next);
    size += next.length;
    if (size >= chunkSize) await write();
  }
  chunk.push(frame('PING :end\r\n'));
  await write();
}

/** Sends chat at a steady pace until told to stop. */
function trickle({ perSecond, perFrame }) {
  const frames = framesOf(perFrame);
  const begun = now();
  let sent = 0;
  const timer = setInterval(() => {
    const due = ((now() - begun) / 1000) * perSecond;
    for (; sent < due; sent += perFrame) {
      socket._socket.write(frames[(sent / perFrame) % frames.length]);
    }
  }, 1);
  return () => clearInterval(timer);
}

/** Times from a command to its reply, one in flight at a time. */
async function roundTrips({ count, warmup, perSecond = 0 }) {
  const stop = perSecond > 0 ? trickle({ perSecond, perFrame: 8 }) : () => {};
  const times = [];
  for (let index = 0; index < warmup + count; index++) {
    const mark = `n${process.pid}x${roundTrips.number++}`;
    const id = `00000000-0000-4000-a000-${String(roundTrips.number).padStart(12, '0')}`;
    const line = `@badge-info=;badges=;client-nonce=0123456789abcdef0123456789abcdef;color=#1E90FF;display-name=Alice;emotes=;first-msg=0;flags=;id=${id};mod=0;returning-chatter=0;room-id=12345678;subscriber=0;tmi-sent-ts=1795000000000;turbo=0;user-id=77;user-type= :alice!alice@alice.tmi.twitch.tv PRIVMSG #${channel} :!led ${mark}\r\n`;
    const bytes = frame(line);
    const begun = now();
    const replied = new Promise((resolve) => {
      onReply = (text) => {
        if (text.includes(mark)) resolve(now());
      };
    });
    socket._socket.write(bytes);
    const took = (await replied) - begun;
    if (index >= warmup) times.push(took * 1000);
    // Under a flood the next command comes at some other moment of its pace.
    if (perSecond > 0) await new Promise((resolve) => setTimeout(resolve, 1 + (index % 3)));
  }
  stop();
  return times;
}
roundTrips.number = 1;

process.on('message', async (order) => {
  if (order.type === 'flood') await flood(order);
  if (order.type === 'roundTrips') {
    process.send({ type: 'roundTrips', times: await roundTrips(order) });
  }
});
process.on('disconnect', () => process.exit());
framesOf(1);
framesOf(8);
server.on('listening', () => process.send({ type: 'listening', port: server.address().port }));
