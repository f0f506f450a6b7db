import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { restHeader } from './rest-header.js';
import { until } from './watch-pin.js';

const program = resolve('packages/plugin-gpio/test/hardware/fixtures/machine-bot.mjs');

/** How long a slow kernel may take to start something, milliseconds. */
const startLimit = 60_000;

/** A bot in a process of its own. */
export class MachineBot {
  /** Names of the gadgets that can do something now. */
  there: readonly string[] = [];
  readonly log: string[] = [];
  private child: ChildProcess | undefined;
  private count = 0;
  private readonly answers = new Map<number, (text: string) => void>();

  constructor(
    readonly folder: string,
    private readonly namespace?: string,
  ) {}

  get process(): ChildProcess {
    if (!this.child) throw new Error('It was not started.');
    return this.child;
  }

  async start(): Promise<void> {
    const inside =
      this.namespace === undefined ? [] : ['nsenter', `--net=/run/netns/${this.namespace}`];
    const [execPath = '', ...before] = [...inside, process.execPath];
    const options = { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] as const };
    // fork() itself puts the program behind these words.
    const child = fork(program, [this.folder], {
      ...options,
      stdio: [...options.stdio],
      execPath,
      execArgv: before,
    });
    this.child = child;
    let isReady = false;
    child.on('message', (said: Said) => {
      if (said.log) this.log.push(said.log);
      if (said.there) this.there = said.there;
      if (said.ready) isReady = true;
      if (said.id !== undefined) this.answers.get(said.id)?.(said.text ?? '');
    });
    await until(() => isReady, `${this.folder} runs`, startLimit);
  }

  /** Has a gadget do something; resolves to what the bot says of it. */
  perform(gadget: string, action: string): Promise<string> {
    const id = ++this.count;
    return new Promise((done) => {
      this.answers.set(id, done);
      this.process.send({ id, gadget, action });
    });
  }

  signal(signal: NodeJS.Signals): void {
    this.process.kill(signal);
  }

  /** Process id of the guardian of its outputs. */
  get guardian(): number {
    return JSON.parse(readFileSync(join(this.folder, '.pertybot/pins.json'), 'utf8')).guardian.pid;
  }

  async end(): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    child.kill('SIGCONT');
    await ended;
  }
}

interface Said {
  readonly log?: string;
  readonly there?: readonly string[];
  readonly ready?: true;
  readonly id?: number;
  readonly text?: string;
}

/** A broker, a host, and a node with a lamp at GPIO17 and a horn at GPIO27, each a process. */
export class Machines {
  readonly place = mkdtempSync(join(tmpdir(), 'machines-'));
  readonly host: MachineBot;
  readonly node: MachineBot;
  private broker: ChildProcess | undefined;

  /** @param address of the broker @param namespace the network that the node is in */
  constructor(
    private readonly address = '127.0.0.1',
    namespace?: string,
  ) {
    this.host = new MachineBot(this.folder('host', { nodes: { garage: {} }, name: 'host' }));
    this.node = new MachineBot(this.folder('garage', { node: 'garage' }), namespace);
  }

  get url(): string {
    return `mqtt://${this.address}:1883`;
  }

  async start(): Promise<void> {
    await this.startBroker();
    await this.node.start();
    await this.host.start();
    await this.untilThere();
  }

  /** Resolves when the host can have the lamp. */
  untilThere(): Promise<void> {
    return until(() => this.host.there.includes('lamp'), 'the lamp is there', startLimit);
  }

  /** Has the host switch the lamp on; in a slow kernel a beat may just have been missed. */
  async lampOn(): Promise<void> {
    for (let tries = 0; tries < 5; tries++) {
      await this.untilThere();
      if ((await this.host.perform('lamp', 'on')) === 'lamp is on') return;
      await sleep(500);
    }
    throw new Error('The lamp cannot be switched on.');
  }

  async startBroker(): Promise<void> {
    const lines = ['user root', 'allow_anonymous true', `listener 1883 ${this.address}`];
    const file = join(this.place, 'mosquitto.conf');
    const kept = ['persistence true', `persistence_location ${this.place}/`];
    writeFileSync(file, [...lines, ...kept, 'autosave_interval 1', ''].join('\n'));
    this.broker = spawn('/usr/sbin/mosquitto', ['-c', file], { stdio: 'ignore' });
    for (let tries = 0; !(await isOpen(this.address)); tries++) {
      if (tries > 400) throw new Error('Mosquitto does not listen. Is it installed?');
      await sleep(50);
    }
  }

  signalBroker(signal: NodeJS.Signals): void {
    this.broker?.kill(signal);
  }

  async killBroker(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    const { broker } = this;
    if (!broker || broker.exitCode !== null || broker.signalCode !== null) return;
    const ended = once(broker, 'exit');
    broker.kill(signal);
    broker.kill('SIGCONT');
    await ended;
  }

  /** Ends all of it, and makes the header as new. */
  async remove(): Promise<void> {
    await this.host.end();
    await this.node.end();
    await this.killBroker();
    // Its guardian goes when all is off.
    await sleep(500);
    restHeader();
    rmSync(this.place, { recursive: true, force: true, maxRetries: 9 });
  }

  private folder(name: string, mqtt: object): string {
    const folder = join(this.place, name);
    mkdirSync(folder);
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
    const gadgets = {
      lamp: { type: 'light', pin: 'GPIO17', maxOn: '10m' },
      horn: { type: 'buzzer', pin: 'GPIO27', beep: '100ms' },
    };
    const pins = { use: 'gpio', config: { driver: 'chardev', gadgets } };
    const link = { use: 'mqtt', config: { broker: `mqtt://${this.address}`, ...mqtt } };
    const plugins = 'node' in mqtt ? [pins, link] : [link];
    writeFileSync(join(folder, 'plugins.yaml'), JSON.stringify({ plugins }));
    return folder;
  }
}

function isOpen(host: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(1883, host);
    socket.once('connect', () => done(true)).once('error', () => done(false));
    socket.once('connect', () => socket.destroy());
  });
}
