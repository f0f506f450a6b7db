// The thread that watches the main one: it loads nothing but this until the main thread stands still.
// It is given what core's stall-watch.ts calls Watched, and ends with the process.
// CommonJS, and what only a standstill needs is loaded then: 0.5 MB less for as long as the bot runs.
const { writeSync } = require('node:fs');
const { workerData } = require('node:worker_threads');

const { beats, pulse, entered, hook, limits, json } = workerData;

/** Milliseconds until the next look after one that saw no sign of life. */
const lookPause = 1_000;
/** Milliseconds after a sign of life after which the main thread has stood still for as long as is told. */
const longestSilence = limits.tell + pulse;
/** How long the main thread may take to be halted; a call into the system, or some of V8's own, cannot be. */
const haltLimit = 1_000;

/** Milliseconds of the processor that an endless loop has used for sure, and that a halted one has not. */
const loops = 3_000;
const halted = 300;

let seen = Atomics.load(beats, 0);
let since = performance.now();
let lastLook = since;
let pause = lookPause;
let isTold = false;
let usedBefore = 0;

/** Milliseconds of the processor that this process has used. */
function used() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

const whoEntered = () => {
  const { slot, ids, slotSize } = entered;
  const at = slot[0] * slotSize;
  return new TextDecoder().decode(Uint8Array.from(ids.subarray(at + 1, at + 1 + ids[at])));
};

function say(message) {
  const line = json
    ? JSON.stringify({ level: 'error', time: new Date().toISOString(), message })
    : message;
  try {
    writeSync(2, `${line}\n`);
  } catch {
    // Nobody reads it any more.
  }
}

/** A terminal that hands on each key does not know Ctrl-C. */
function calmTerminal() {
  if (!require('node:tty').isatty(0)) return;
  const { spawn } = require('node:child_process');
  spawn('stty', ['sane'], { stdio: [0, 'ignore', 'ignore'] }).on('error', () => {});
}

/**
 * Halts the main thread and has it tell where it stands.
 * @returns whether it could be halted; `debugged` when somebody else does that
 */
async function halt(seconds) {
  const { Session } = require('node:inspector');
  const session = new Session();
  session.connectToMainThread();
  const urls = new Map();
  session.on('Debugger.scriptParsed', ({ params }) => urls.set(params.scriptId, params.url));
  return new Promise((resolve) => {
    let isAsked = false;
    // To disconnect waits for the main thread: that is done only once it has answered.
    const end = (answer) => {
      session.disconnect();
      resolve(answer);
    };
    const timer = setTimeout(resolve, haltLimit, false);
    session.once('Debugger.paused', ({ params: { callFrames } }) => {
      // Whoever halted it before lets it go on, too.
      if (!isAsked) return end('debugged');
      clearTimeout(timer);
      const frames = callFrames.map(({ functionName, location }) => ({
        name: functionName,
        url: urls.get(location.scriptId) ?? '',
        line: location.lineNumber + 1,
        column: (location.columnNumber ?? 0) + 1,
      }));
      const expression = `globalThis[Symbol.for(${JSON.stringify(hook)})](${JSON.stringify({ seconds, frames })})`;
      const { callFrameId } = callFrames[0];
      session.post(
        'Debugger.evaluateOnCallFrame',
        { callFrameId, expression, returnByValue: true },
        (error, answer) => {
          session.post('Debugger.resume', () => end(answer?.result?.value ?? !error));
        },
      );
    });
    session.post('Debugger.enable', () => {
      isAsked = true;
      session.post('Debugger.pause');
    });
  });
}

/** Milliseconds by the clock that the main thread has, too, in 32 bits. */
function machineTime() {
  return Number(BigInt.asIntN(32, process.hrtime.bigint() / 1_000_000n));
}

function restart(from) {
  since = from;
  isTold = false;
  usedBefore = used();
}

async function look() {
  const now = performance.now();
  // This thread stood still as well: the whole process was halted, or the machine slept.
  if (now - lastLook > pause + 1_000) restart(now);
  lastLook = now;
  pause = lookPause;
  const beat = Atomics.load(beats, 0);
  if (beat !== seen) {
    seen = beat;
    const age = (machineTime() - Atomics.load(beats, 1)) | 0;
    restart(now - age);
    // Before that there is nothing to see.
    pause = Math.max(1, longestSilence - age) + 10;
    return;
  }
  const still = now - since;
  const work = used() - usedBefore;
  // In between, it may be that it gets too little of the processor.
  if (still >= limits.end && (work > loops || work < halted)) {
    say(
      `PertyBot stood still for ${Math.round(still / 1_000)} s and ends; its guardian makes every pin safe.`,
    );
    calmTerminal();
    process.kill(process.pid, 'SIGKILL');
  }
  if (still < longestSilence) pause = Math.min(lookPause, longestSilence - still + 10);
  if (still < longestSilence || isTold) return;
  isTold = true;
  // It may have stood still only since just before the next sign of life.
  const answer = await halt(Math.floor((still - pulse) / 1_000));
  lastLook = performance.now();
  if (answer === 'debugged') restart(lastLook);
  else if (answer === false) {
    const who = whoEntered();
    const whose = who === '' ? 'PertyBot itself' : `the plugin "${who}"`;
    say(
      `PertyBot stands still in a call that nobody can look into; ${whose} was entered last. It ends in ${Math.round((limits.end - still) / 1_000)} s.`,
    );
    calmTerminal();
  }
}

async function lookAgain() {
  await look();
  setTimeout(lookAgain, pause);
}
setTimeout(lookAgain, pause);
// While the main thread is halted nothing else keeps this one, which would leave it halted.
setInterval(() => {}, 2 ** 31 - 1);
