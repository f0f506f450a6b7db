// One chat, two nodes and a broker between them, all on this machine: Twitch and the boards are simulated. Type what chat
// says, or what dies.
// usage: npm run demo:nodes [-- mosquitto|aedes]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startTwitchSimulator } from '@pertybot/twitch-simulator';
import { botMachine, brokerMachine, freePort } from './demo-nodes/machines.mjs';

const folders = path.join(path.dirname(fileURLToPath(import.meta.url)), 'demo-nodes');
const channel = 'streamer';
const names = { garage: { 17: 'lamp', 22: 'gate' }, desk: { 17: 'lamp', 5: 'fan' } };
/** Gadgets that are on when their pin is low. */
const activeLow = new Set(['desk/fan']);

const help = `Type what a viewer says: !lamp on · !gate on · !desk-lamp on · !desk-fan on · !lamp off
Or what happens:        kill garage · freeze host · thaw host · kill broker · start broker · start garage
                        wait 3s · help · quit
A machine is host, garage, desk or broker.`;

const state = mkdtempSync(path.join(tmpdir(), 'demo-nodes-'));
const began = performance.now();
const print = (who, text) => {
  const seconds = ((performance.now() - began) / 1_000).toFixed(1).padStart(6);
  process.stdout.write(`${seconds} s  ${who.padEnd(7)}  ${text}\n`);
};

const twitch = await startTwitchSimulator();
const port = await freePort();
const broker = brokerMachine({ folder: state, port, kind: process.argv[2] });
const mqtt = { broker: `mqtt://127.0.0.1:${port}` };
const token = twitch.id.issueToken({ login: 'pertybot' }).accessToken;
const machines = {
  broker,
  garage: node('garage'),
  desk: node('desk'),
  host: botMachine('host', {
    ...placeOf('host'),
    overlay: {
      '@pertybot/plugin-oauth': { idUrl: twitch.idUrl, accessToken: token },
      '@pertybot/plugin-irc': {
        server: twitch.chatUrl.host,
        port: twitch.chatUrl.port,
        secure: false,
      },
      '@pertybot/plugin-mqtt': mqtt,
    },
    tell: (said) => said.text && print('host', said.text),
  }),
};

function placeOf(name) {
  return { folder: path.join(folders, name), state: path.join(state, name) };
}

function node(name) {
  return botMachine(name, {
    ...placeOf(name),
    overlay: { '@pertybot/plugin-mqtt': mqtt, '@pertybot/plugin-gpio': { driver: 'simulated' } },
    tell({ text, pin, level }) {
      if (text) print(name, text);
      const gadget = names[name][pin];
      if (gadget === undefined) return;
      const isOn = (level === 1) !== activeLow.has(`${name}/${gadget}`);
      print(name, `${gadget} is ${isOn ? 'ON' : 'off'} (GPIO${pin} = ${level})`);
    },
  });
}

twitch.chat.on('message', ({ login, text }) => print('chat', `${login}: ${text}`));

try {
  print('broker', `${broker.kind} at port ${port}`);
  await broker.start();
  const bots = [machines.garage, machines.desk, machines.host];
  await Promise.all([...bots.map((bot) => bot.start()), sitsInChat()]);
  for (const { name, child } of bots) print(name, `runs as process ${child.pid}`);
  process.stdout.write(`${help}\n`);
  const lines = createInterface({ input: process.stdin });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => lines.close());
  for await (const line of lines) {
    if (line.trim() === 'quit') break;
    await take(line.trim());
  }
} finally {
  for (const machine of [machines.host, machines.garage, machines.desk, broker]) {
    await machine.stop();
  }
  await twitch.stop();
  // Whoever still holds the other end would keep this process.
  process.stdin.destroy();
  rmSync(state, { recursive: true, force: true });
}

function sitsInChat() {
  return new Promise((resolve) => twitch.chat.on('join', resolve));
}

/** Does what a line says. */
async function take(line) {
  const [verb, word = ''] = line.split(/\s+/);
  if (line === '') return;
  if (verb === 'wait') return sleep(Number.parseFloat(word) * 1_000 || 1_000);
  if (verb === 'help') return void process.stdout.write(`${help}\n`);
  const machine = machines[word];
  if (['kill', 'freeze', 'thaw', 'start'].includes(verb) && machine) {
    print(
      word,
      { kill: 'is killed', freeze: 'stands still', thaw: 'goes on', start: 'starts' }[verb],
    );
    return machine[verb]();
  }
  const [, login = 'alice', text = line] = /^(\w+):\s*(.*)$/.exec(line) ?? [];
  twitch.chat.say({ channel, as: { login }, text });
}
