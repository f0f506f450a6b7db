import { type LogLevel, readBotFileText, watchStalls } from '@pertybot/core/host';
import { makeStateFolder } from '../bot-folder/bot-folder.js';
import { takeBotLock } from '../bot-process/bot-lock.js';
import { endSoon } from '../bot-process/end-soon.js';
import { createLogger } from '../bot-process/logging.js';
import { onShutdown, unlessAborted } from '../bot-process/shutdown.js';
import { type ReservedStdout, redirectConsole, reserveStdout } from '../bot-process/stdout.js';
import { KeptLog } from '../page/kept-log.js';
import { OwnerDesk } from '../page/owner-desk.js';
import { styleFor } from '../terminal/style.js';
import { SystemBrowser } from '../terminal/system-browser.js';
import { type DevFrontend, JsonView, TextView } from './dev-frontend.js';
import { DevSession } from './dev-session.js';
import { LineFrontend } from './line-frontend.js';
import { faultOf } from './log-faults.js';
import { TerminalFrontend } from './terminal-frontend.js';

/** What `pertybot dev` was told. */
export interface RunDevOptions {
  readonly folder: string;
  /** Events as JSON lines on stdout. */
  readonly json: boolean;
  readonly verbose: boolean;
  /** Whether the owner clicks through the login. */
  readonly manualLogin: boolean;
  /** @default warn; info with `verbose` */
  readonly logLevel: LogLevel | undefined;
  /** Whether the page is served. */
  readonly page: boolean;
}

/** Runs the bot against a simulated Twitch and a simulated board, until its input or its owner ends it. */
export async function runDev(options: RunDevOptions): Promise<void> {
  // Before anything is made in a folder that may not be a bot's.
  await readBotFileText(options.folder);
  const ending = new AbortController();
  const undo = onShutdown(() => ending.abort());
  // Whoever reads the output may go first; the pins must be made safe all the same.
  process.stdout.on('error', () => ending.abort());
  process.stderr.on('error', () => {});
  const stateFolder = await makeStateFolder(options.folder, 'dev');
  const lock = await takeBotLock(stateFolder, 'pertybot dev');
  const reserved = options.json ? reserveStdout() : undefined;
  const frontend = createFrontend(reserved, () => ending.abort());
  const undoConsole = redirectConsole((text) => frontend.remark(text));
  try {
    await runSession(options, { stateFolder, frontend, signal: ending.signal });
  } finally {
    undoConsole();
    frontend.close();
    reserved?.undo();
    await lock.release();
    undo();
    endSoon();
  }
}

interface Surroundings {
  readonly stateFolder: string;
  readonly frontend: DevFrontend;
  readonly signal: AbortSignal;
}

async function runSession(
  { folder, verbose, manualLogin, logLevel, page }: RunDevOptions,
  { stateFolder, frontend, signal }: Surroundings,
): Promise<void> {
  const level = logLevel ?? (verbose ? 'info' : 'warn');
  const kept = new KeptLog();
  const logger = createLogger({
    folder,
    level,
    write: (line) => frontend.log(line),
    copy: (line) => {
      kept.write(line);
      const fault = faultOf(line, folder);
      if (fault) frontend.show(fault, new Date());
    },
  });
  const unwatchStalls = watchStalls({ logger });
  const loading = DevSession.load({
    folder,
    stateFolder,
    logger,
    prompt: frontend.prompt,
    browser: manualLogin ? new SystemBrowser() : undefined,
    desk: page ? new OwnerDesk(folder, kept) : undefined,
    onOverlay: (lines) => {
      if (verbose) frontend.remark(['Laid over plugins.yaml:', ...lines].join('\n  '));
    },
    onEvent: (event) => frontend.show(event, new Date()),
  });
  // Whoever ends it need not wait for a module that never finishes loading.
  const session = await unlessAborted(loading, signal);
  if (session === undefined) return unwatchStalls();
  if (!session.isWatched) unwatchStalls();
  try {
    const ready = await unlessAborted(session.start(), signal);
    if (ready === undefined) return;
    await session.watch((news) => frontend.reloaded(news, new Date()));
    frontend.show(ready, new Date());
    await showPage(session, frontend);
    await frontend.run(session, signal);
  } finally {
    await session.stop();
    unwatchStalls();
    frontend.show({ type: 'stopped' }, new Date());
  }
}

/** Tells the owner where the page is, and opens it before one who sits at a terminal. */
async function showPage(session: DevSession, frontend: DevFrontend): Promise<void> {
  const link = await session.pageLink();
  if (link === undefined) return;
  frontend.remark(`The page: ${link}`);
  if (frontend instanceof TerminalFrontend) await new SystemBrowser().open(link);
}

function createFrontend(json: ReservedStdout | undefined, end: () => void): DevFrontend {
  const { stdin, stdout } = process;
  if (json) return new LineFrontend(stdin, new JsonView(json));
  if (stdin.isTTY && stdout.isTTY && process.env.TERM !== 'dumb') {
    const terminal = new TerminalFrontend(stdin, stdout);
    terminal.ended.addEventListener('abort', end, { once: true });
    return terminal;
  }
  const print = (text: string) => void stdout.write(`${text}\n`);
  return new LineFrontend(stdin, new TextView(print, styleFor(stdout)));
}
