import childProcess, { type ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll } from '@jest/globals';
import type { Run, RunOptions } from './run-pertybot.js';

// A module of Node's is all that suites of one worker share; the servers end with the worker.
const idleServers: unique symbol = Symbol.for('pertybot.test.idle-servers');
const shared: typeof childProcess & { [idleServers]?: ChildProcess[] } = childProcess;

shared[idleServers] ??= [];

/** Servers that run no command now. */
const idle = shared[idleServers];
const busy = new Set<ChildProcess>();

afterAll(() => {
  // What a suite leaves running is nobody's afterwards.
  for (const server of busy) server.kill('SIGKILL');
});

const isAlive = ({ exitCode, signalCode }: ChildProcess) =>
  exitCode === null && signalCode === null;

function takeServer(): ChildProcess {
  const server =
    idle.findLast(isAlive) ??
    childProcess.fork(join(__dirname, 'command-server.mjs'), {
      execArgv: [],
      env: environmentWith({}),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
  idle.splice(0, Infinity, ...idle.filter((each) => each !== server && isAlive(each)));
  busy.add(server);
  for (const each of handlesOf(server)) each?.ref();
  return server;
}

function giveBack(server: ChildProcess): void {
  busy.delete(server);
  for (const each of handlesOf(server)) each?.unref();
  if (isAlive(server)) idle.push(server);
}

/** What keeps this process alive for a server. */
function handlesOf(server: ChildProcess) {
  const pipes = [server.stdout, server.stderr].filter((pipe) => pipe instanceof Socket);
  return [server, server.channel, ...pipes];
}

const environmentWith = (more: NodeJS.ProcessEnv) => ({
  ...process.env,
  NODE_OPTIONS: '',
  NODE_ENV: '',
  ...more,
});

type Told =
  | { readonly stream: 'stdout' | 'stderr'; readonly text: string }
  | { readonly code: number };

/** A command in a server, with as much of a `ChildProcess` as tests ask of one. */
export class ServedCommand extends EventEmitter {
  readonly stdout = new PassThrough();
  readonly stderr = new PassThrough();
  readonly stdin: Writable;
  exitCode: number | null = null;
  signalCode: NodeJS.Signals | null = null;
  private readonly server: ChildProcess;

  constructor(words: readonly string[], { folder, environment }: ServedOptions) {
    super();
    this.server = takeServer();
    this.server.on('message', this.hear).once('exit', this.end);
    this.server.stdout?.on('data', this.passOut);
    this.server.stderr?.on('data', this.passError);
    this.stdin = new Writable({
      decodeStrings: false,
      write: (input: string | Buffer, _, done) => {
        this.send({ input: String(input) });
        done();
      },
      final: (done) => {
        this.send({});
        done();
      },
    });
    this.server.send({ words, folder, environment: environmentWith({ ...environment }) });
  }

  get pid(): number | undefined {
    return this.server.pid;
  }

  /** A true signal to the true process, which has whatever listeners the command gave it. */
  kill(signal: NodeJS.Signals = 'SIGTERM'): boolean {
    return this.exitCode === null && this.signalCode === null && this.server.kill(signal);
  }

  private send(message: object): void {
    if (this.exitCode === null && this.server.connected) this.server.send(message);
  }

  private readonly passOut = (part: Buffer) => void this.stdout.write(part);
  private readonly passError = (part: Buffer) => void this.stderr.write(part);

  private readonly hear = (told: Told) => {
    if ('stream' in told) {
      this[told.stream].write(told.text);
      return;
    }
    this.end(told.code, null);
  };

  private readonly end = (code: number | null, signal: NodeJS.Signals | null) => {
    this.server.off('message', this.hear).off('exit', this.end);
    this.server.stdout?.off('data', this.passOut);
    this.server.stderr?.off('data', this.passError);
    giveBack(this.server);
    this.exitCode = code;
    this.signalCode = signal;
    this.stdout.end();
    this.stderr.end();
    // Its last words are heard first.
    setImmediate(() => {
      this.emit('exit', code, signal);
      this.emit('close', code, signal);
    });
  };
}

type ServedOptions = Pick<RunOptions, 'folder' | 'environment'>;

/**
 * Starts a command of the built program in a process that has run others before: it takes a tenth of the time of one of
 * its own. What is about the process itself takes `startPertybot`; so does `start`, which is a program beside them.
 */
export function servePertybot(words: readonly string[], options: ServedOptions): ServedCommand {
  return new ServedCommand(words, options);
}

/** Runs such a command to its end. */
export async function askPertybot(
  words: readonly string[],
  { input = '', ...options }: ServedOptions & Pick<RunOptions, 'input'>,
): Promise<Run> {
  const command = servePertybot(words, options);
  command.stdin.end(input);
  const exit = once(command, 'exit');
  const [stdout, stderr] = await Promise.all([text(command.stdout), text(command.stderr)]);
  const [code] = await exit;
  return { stdout, stderr, code };
}
