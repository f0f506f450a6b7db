import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { startTwitchSimulator, type TwitchSimulator } from '@pertybot/twitch-simulator';
import type { DriverName } from '../../src/drivers/gpio-driver.js';
import { ControlGroup } from './control-group.js';
import { restHeader } from './rest-header.js';

const repository = resolve(process.cwd());
const program = join(repository, 'packages/cli/bin/run.js');
const channel = 'streamer';
const start = ['start', '--log-level', 'debug'];

/** Somebody in chat; `streamer` is the broadcaster. */
export interface Person {
  readonly login: string;
  readonly roles?: readonly ('moderator' | 'subscriber' | 'vip')[];
}

export const viewer: Person = { login: 'alice' };
export const moderator: Person = { login: 'mona', roles: ['moderator'] };
export const broadcaster: Person = { login: channel };

/** Says in the log what chat said to it. */
const probe = `import { definePlugin } from '@pertybot/core';
export default definePlugin({
  name: 'probe',
  start({ command, log }) {
    command('probe <word>', {}, ({ args }) => log.info('heard ' + args.word));
  },
});
`;

/** How a bot of its own is set up. */
export interface TrueBotOptions {
  readonly driver: Exclude<DriverName, 'simulated'>;
  /** The `config:` of gpio, without the driver. */
  readonly gpio: Readonly<Record<string, unknown>>;
  /** The `commands:` of gpio. */
  readonly commands?: Readonly<Record<string, unknown>>;
  /** Local plugins by their file's name. */
  readonly plugins?: Readonly<Record<string, string>>;
  /** How many messages it may send. @default 'verified', so that no answer waits */
  readonly rate?: 'normal' | 'verified';
  /** The user that it runs as. @default whoever runs the test */
  readonly uid?: number;
}

/** What a command of the terminal said. */
export interface Run {
  readonly code: number | null;
  readonly output: string;
}

/**
 * A bot's folder, its Twitch, and the true `pertybot` in it; black box, as its owner has it. With
 * `GPIO_VM_ENV_LOG=1` its log is shown as it comes.
 */
export class TrueBot {
  readonly folder = mkdtempSync(join(tmpdir(), 'bot-'));
  readonly group = new ControlGroup();
  /** The lines that it logged, all lives together. */
  readonly log: string[] = [];
  private process: ChildProcess | undefined;
  private probes = 0;
  private removed = false;

  private constructor(
    readonly twitch: TwitchSimulator,
    private readonly options: TrueBotOptions,
  ) {}

  /** Makes the folder, and starts the bot. */
  static async start(options: TrueBotOptions): Promise<TrueBot> {
    const bot = await TrueBot.prepare(options);
    try {
      await bot.run();
      return bot;
    } catch (error) {
      await bot.remove();
      throw error;
    }
  }

  /** Makes the folder alone. */
  static async prepare(options: TrueBotOptions): Promise<TrueBot> {
    const bot = new TrueBot(await startTwitchSimulator(), options);
    symlinkSync(join(repository, 'node_modules'), join(bot.folder, 'node_modules'));
    const token = bot.twitch.id.issueToken({ login: 'pertybot' }).accessToken;
    bot.write('.env', `BOT_TOKEN=${token}\n`);
    for (const [name, source] of bot.plugins) bot.write(name, source);
    bot.edit(options.gpio);
    return bot;
  }

  get pid(): number {
    const { pid } = this.life();
    if (pid === undefined) throw new Error('The bot has no process.');
    return pid;
  }

  path(file: string): string {
    return join(this.folder, file);
  }

  write(file: string, content: string): void {
    mkdirSync(dirname(this.path(file)), { recursive: true });
    writeFileSync(this.path(file), content);
  }

  /** Writes plugins.yaml, in the part of YAML that is JSON. */
  edit(gpio: Readonly<Record<string, unknown>>): void {
    const { driver, commands = {}, rate = 'verified' } = this.options;
    const { idUrl, chatUrl } = this.twitch;
    const oauth = { clientId: 'demo', idUrl, accessToken: `\${BOT_TOKEN}` };
    const { host: server, port } = chatUrl;
    const entries = [
      { use: 'oauth', config: oauth },
      { use: 'irc', config: { channels: [channel], server, port, secure: false, limits: rate } },
      { use: 'gpio', config: { driver, ...gpio }, commands },
      { use: 'texts', config: { commands: { hello: 'Hello {user}!' } } },
      ...this.plugins.map(([name]) => ({ use: `./${name}` })),
    ];
    this.write('plugins.yaml', JSON.stringify({ plugins: entries }, null, 2));
  }

  /** Runs `pertybot start`. @param until what it has logged then */
  async run(until = 'Watching plugins.yaml'): Promise<void> {
    const { uid } = this.options;
    const from = this.log.length;
    const as = uid === undefined ? [] : ['setpriv', `--reuid=${uid}`, '--clear-groups'];
    const words = [...this.group.wrapper, ...as, process.execPath, program, ...start];
    const child = spawn(words[0] ?? '', words.slice(1), {
      cwd: this.folder,
      env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: '' },
      stdio: ['ignore', 'ignore', 'pipe'],
      // A bot that kills its process group must not kill the tests.
      detached: true,
    });
    this.process = child;
    createInterface({ input: child.stderr }).on('line', (line) => {
      this.log.push(line);
      if (process.env.GPIO_VM_ENV_LOG) console.error(line);
    });
    await this.logged(until, from);
  }

  /** Waits for a line of the log. @param from how many lines do not count */
  async logged(words: string, from = 0): Promise<string> {
    const child = this.life();
    for (;;) {
      const found = this.log.slice(from).find((line) => line.includes(words));
      if (found !== undefined) return found;
      if (child.exitCode !== null || child.signalCode !== null) {
        throw new Error(`The bot ended, and never said "${words}":\n${this.log.join('\n')}`);
      }
      await sleep(5);
    }
  }

  /** Somebody says a line in chat. @param tags of the message, to add or change */
  chat(line: string, as: Person = viewer, tags?: Readonly<Record<string, string>>): void {
    this.twitch.chat.say({ channel, as, text: line, tags });
  }

  /** Resolves when the bot has done all that was said before, as far as it is done at once. */
  async heard(): Promise<void> {
    this.probes += 1;
    const from = this.log.length;
    this.chat(`!probe word-${this.probes}.`, { login: `probe${this.probes}` });
    await this.logged(`heard word-${this.probes}.`, from);
    await sleep(50);
  }

  /** Runs a command of the terminal in its folder. */
  async pertybot(...words: readonly string[]): Promise<Run> {
    const child = spawn(process.execPath, [program, ...words], {
      cwd: this.folder,
      env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = once(child, 'close');
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
    const [code] = await ended;
    return { code, output: `${out}${err}` };
  }

  signal(signal: NodeJS.Signals): void {
    this.life().kill(signal);
  }

  /** Resolves to the exit code, or the signal that ended it. */
  async ended(): Promise<number | NodeJS.Signals | null> {
    const child = this.life();
    if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
    return child.exitCode ?? child.signalCode;
  }

  /** Ends all of it, whatever state it is in, and makes the header as new. */
  async remove(): Promise<void> {
    if (this.removed) return;
    this.removed = true;
    await this.group.remove();
    restHeader();
    this.twitch.chat.faults.clear();
    await this.twitch.stop();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 9 });
  }

  private get plugins(): readonly (readonly [file: string, source: string])[] {
    return Object.entries({ 'probe.mjs': probe, ...this.options.plugins });
  }

  private life(): ChildProcess {
    if (!this.process) throw new Error('The bot was not started.');
    return this.process;
  }
}
