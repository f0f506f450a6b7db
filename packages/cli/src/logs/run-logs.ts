import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { type FileHandle, open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCodeOf } from '@pertybot/core';
import { toFolderError } from '../bot-folder/folder-error.js';
import { type BotService, findService } from '../service/bot-service.js';
import { SystemdHost } from '../service/service-host.js';
import { CliError } from '../terminal/cli-error.js';
import { formatLogLine } from '../terminal/pretty-log.js';
import { type Style, styleFor } from '../terminal/style.js';
import { toPlainText } from '../terminal/text.js';
import { logFileNames } from './log-file.js';

/** The program that reads systemd's journal. */
const journalReader = 'journalctl';

/** How logs are shown. */
export interface RunLogsOptions {
  /** How many of the last lines. */
  readonly lines: number;
  /** Whether what comes is shown, too, until Ctrl-C. */
  readonly follow: boolean;
  /** The lines as they were logged, instead of lines for people. */
  readonly json: boolean;
  print(text: string): void;
}

/**
 * Shows what the running bot of a folder logs, or what the last one logged: from the journal for a
 * service, else from the bot's own file.
 * @throws CliError CLI_NO_LOGS when no bot has run
 * @throws CliError CLI_FOLDER_LOCKED when its log may not be read
 */
export async function runLogs(folder: string, options: RunLogsOptions): Promise<void> {
  const logs = join(folder, '.pertybot', 'logs');
  const service = findService(folder, new SystemdHost(), false);
  const hasFile = canRead(join(logs, logFileNames[1]));
  if (service.isInstalled && (!hasFile || (await isActive(service)))) {
    return showJournal(service, options, folder);
  }
  if (!hasFile) {
    throw new CliError('CLI_NO_LOGS', `No bot has run in "${folder}" yet.`, {
      hint: 'Start it with pertybot start, or name its folder with --dir.',
    });
  }
  const print = printer(options, folder);
  const { lines, end } = await readLogs(logs, options.lines);
  for (const line of lines) print(line);
  if (options.follow) await untilInterrupted((signal) => followLogs(logs, { end, print, signal }));
}

/** Shows what a service logged to the journal. */
export async function showJournal(
  service: BotService,
  options: RunLogsOptions,
  folder: string,
): Promise<void> {
  service.requireInstalled();
  const words = [
    ...(service.scope === 'user' ? ['--user'] : []),
    ...[`--unit=${service.unit}`, '--output=cat', '--no-pager', `--lines=${options.lines}`],
    ...(options.follow ? ['--follow'] : []),
  ];
  const child = spawn(journalReader, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  createInterface({ input: child.stdout }).on('line', printer(options, folder));
  await Promise.race([
    once(child, 'close'),
    // Ctrl-C ends journalctl, too.
    ...(options.follow ? [untilInterrupted(waitFor)] : []),
  ]).catch((cause: unknown) => {
    throw new CliError('CLI_SERVICE_FAILED', 'journalctl cannot be run.', {
      hint: 'Install systemd’s journal, or look where your system keeps its logs.',
      cause,
    });
  });
}

/** Whether there is a log; one that may not be looked at is no sign that no bot has run. */
function canRead(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch (cause) {
    const code = errorCodeOf(cause);
    if (code === 'ENOENT' || code === 'ENOTDIR') return false;
    throw toFolderError(`"${file}" cannot be read`, cause);
  }
}

function isActive(service: BotService): Promise<boolean> {
  return service.show(['ActiveState']).then(
    ({ ActiveState }) => ActiveState === 'active',
    () => false,
  );
}

function printer({ json, print }: RunLogsOptions, folder: string): (line: string) => void {
  const style = styleFor(process.stdout);
  return (line) => print(json ? line : toReadable(line, style, folder));
}

/** Plugins, and systemd itself, may have written something else than our JSON. */
function toReadable(line: string, style: Style, folder: string): string {
  return line.startsWith('{"level":') ? formatLogLine(line, style, folder) : toPlainText(line);
}

async function untilInterrupted(work: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
  const controller = new AbortController();
  const stop = () => controller.abort();
  process.once('SIGINT', stop);
  try {
    await work(controller.signal);
  } finally {
    process.off('SIGINT', stop);
  }
}

function waitFor(signal: AbortSignal): Promise<unknown> {
  return once(signal, 'abort');
}

/** Milliseconds between two looks for new lines. */
const pause = 250;

/** The last lines that a bot logged. */
export interface LastLogs {
  /** Oldest first. */
  readonly lines: readonly string[];
  /** Bytes of the newest file that have been read. */
  readonly end: number;
}

/** Reads the last lines that a bot logged. */
export async function readLogs(folder: string, count: number): Promise<LastLogs> {
  const texts = logFileNames.map((name) => readFile(join(folder, name)).catch(() => Buffer.of()));
  const [older = Buffer.of(), newer = Buffer.of()] = await Promise.all(texts);
  const lines = `${older}${newer}`.split('\n').filter((line) => line !== '');
  return { lines: count === 0 ? [] : lines.slice(-count), end: newer.length };
}

/** How {@link followLogs} goes on. */
export interface FollowLogsOptions {
  /** Where {@link readLogs} ended. */
  readonly end: number;
  /** Ends it. */
  readonly signal: AbortSignal;
  print(line: string): void;
}

/** Prints each line that is logged from now on. */
export async function followLogs(folder: string, options: FollowLogsOptions): Promise<void> {
  const { end, signal, print } = options;
  const path = join(folder, logFileNames[1]);
  let handle = await open(path).catch(() => undefined);
  // A smaller file is another one than was read.
  let position = handle === undefined || (await handle.stat()).size < end ? 0 : end;
  let rest = '';
  const drain = async (from: FileHandle) => {
    const { buffer, bytesRead } = await from.read({ buffer: Buffer.alloc(65_536), position });
    position += bytesRead;
    // Whole lines are written at once, so that no character is cut.
    const lines = `${rest}${buffer.toString('utf8', 0, bytesRead)}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) print(line);
    return bytesRead;
  };
  while (!signal.aborted) {
    const isOld = handle === undefined || (await handle.stat()).ino !== (await inodeOf(path));
    while (handle !== undefined && (await drain(handle)) > 0);
    if (isOld) {
      await handle?.close();
      handle = await open(path).catch(() => undefined);
      position = 0;
      rest = '';
      if (handle !== undefined) continue;
    }
    await sleep(pause, undefined, { signal }).catch(() => undefined);
  }
  await handle?.close();
}

async function inodeOf(path: string): Promise<number | undefined> {
  return (await stat(path).catch(() => undefined))?.ino;
}
