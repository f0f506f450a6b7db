// Runs commands of the built program one after another in one process, which loads its modules but once. To each
// command it is a process of its own: with its folder, environment, streams, signals and exit code.
import { AsyncLocalStorage } from 'node:async_hooks';
import { createRequire } from 'node:module';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';

const main = new URL('../../lib/main.js', import.meta.url);
const program = fileURLToPath(new URL('../../bin/run.js', import.meta.url));
const { execute, settings } = createRequire(main)('@oclif/core');
settings.enableAutoTranspile = false;

const commands = new AsyncLocalStorage();
let current;
/** Whether it is no timer of an earlier command, whose process would have gone. */
const isAlive = () => (commands.getStore() ?? current) === current;

const endProcess = process.exit.bind(process);
process.exit = (code = process.exitCode) => {
  if (isAlive()) current.code ??= code ?? 0;
};

for (const stream of ['stdout', 'stderr']) {
  process[stream].write = (chunk, encoding, done) => {
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    if (isAlive()) process.send({ stream, text });
    (typeof encoding === 'function' ? encoding : done)?.();
    return true;
  };
}

process.on('disconnect', () => endProcess());
process.on('message', (message) => {
  if (message.words) {
    current = { code: undefined };
    void commands.run(current, () => run(message));
  } else if (message.input === undefined) process.stdin.end();
  else process.stdin.write(message.input);
});
const emitters = [process, process.stdout, process.stderr];
const own = emitters.map(listenersOf);

async function run({ words, folder, environment }) {
  process.exitCode = undefined;
  process.argv = [process.execPath, program, ...words];
  process.chdir(folder);
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, environment);
  Object.defineProperty(process, 'stdin', { configurable: true, value: new PassThrough() });
  await execute({ dir: main.href, args: words });
  current.code ??= process.exitCode ?? 0;
  endListeners();
  process.chdir('/');
  process.send({ code: current.code });
}

function listenersOf(emitter) {
  return new Map(emitter.eventNames().map((event) => [event, emitter.rawListeners(event)]));
}

/** Does what the end of the process would do, and forgets what it would forget. */
function endListeners() {
  for (const [at, emitter] of emitters.entries()) {
    for (const [event, listeners] of listenersOf(emitter)) {
      for (const listener of listeners) {
        if (own[at].get(event)?.includes(listener)) continue;
        if (emitter === process && event === 'exit') listener.call(process, current.code);
        emitter.removeListener(event, listener);
      }
    }
  }
}
