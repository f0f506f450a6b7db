import type { PrivateMessage } from './chat-connection.js';
import { readPrivateMessageLine } from './private-message-line.js';
import type { TmiClient } from './tmi-client.js';

/** What the hooks on a tmi.js client tell. None of them may throw. */
export interface LineHooks {
  /** Something arrived: the other side lives. */
  heard(): void;
  message(message: PrivateMessage): void;
  /** A line was dropped because it made no sense. */
  broken(): void;
  /** The server asks to connect again. */
  moved(): void;
  /** Writes a line. */
  send(line: string): void;
}

/**
 * Takes lines of chat out before tmi.js parses them; it gets all others. tmi.js binds `_onMessage`
 * when it opens its socket, so this must come before `connect()`.
 * @returns whether the hook is there; without it the client's events bring the messages
 */
export function installFastPath(client: TmiClient, hooks: LineHooks): boolean {
  return eachLineOf(client, hooks, (frame, start, end) => {
    const reading = readPrivateMessageLine(frame, start, end);
    if (typeof reading === 'object') hooks.message(reading);
    else if (reading === 'broken') hooks.broken();
    return reading !== 'other';
  });
}

/**
 * Leaves lines of chat to tmi.js, and takes out those alone that it does not answer.
 * @returns whether the hook is there
 */
export function installPlainPath(client: TmiClient, hooks: LineHooks): boolean {
  return eachLineOf(client, hooks, () => false);
}

/** @param take takes a line of chat out, and tells whether it did */
function eachLineOf(client: TmiClient, hooks: LineHooks, take: TakeOut): boolean {
  const original = client._onMessage;
  if (typeof original !== 'function') return false;
  const takeLine: TakeLine = (frame, start, end) => {
    if (take(frame, start, end)) return;
    const line = frame.slice(start, end);
    if (!isIrcLine(line)) hooks.broken();
    else if (!answers(line, hooks)) original.call(client, { data: line });
  };
  client._onMessage = ({ data }) => {
    hooks.heard();
    if (typeof data === 'string') eachLine(data, takeLine, hooks);
    else hooks.broken();
  };
  return true;
}

/** Keeps what tmi.js throws on a line away from the socket, which would read no further. */
export function guardLines(client: TmiClient, hooks: LineHooks): void {
  client.handleMessage = guarded(client, client.handleMessage, hooks);
  client._onMessage = guarded(client, client._onMessage, hooks);
}

function guarded<Data>(
  client: TmiClient,
  original: ((data: Data) => void) | undefined,
  hooks: LineHooks,
): typeof original {
  if (typeof original !== 'function') return original;
  return (data) => {
    hooks.heard();
    try {
      original.call(client, data);
    } catch {
      hooks.broken();
    }
  };
}

/** Takes the line that stands in `frame` between two indices. */
type TakeLine = (frame: string, start: number, end: number) => void;
type TakeOut = (frame: string, start: number, end: number) => boolean;

function eachLine(frame: string, take: TakeLine, hooks: LineHooks): void {
  let start = 0;
  while (start < frame.length) {
    const end = lineEnd(frame, start);
    if (end > start) {
      try {
        take(frame, start, end);
      } catch {
        hooks.broken();
      }
    }
    start = end + 2;
  }
}

/** Index of the next line break. One character is found faster than two. */
function lineEnd(frame: string, start: number): number {
  let feed = frame.indexOf('\n', start);
  while (feed !== -1 && frame.charCodeAt(feed - 1) !== carriageReturn) {
    feed = frame.indexOf('\n', feed + 1);
  }
  return feed === -1 ? frame.length : feed - 1;
}

const carriageReturn = 13;

const bare = /^(?:PING|PONG|RECONNECT)(?: |$)/;

/** Whether a line has the outline of an IRC line that a server sends. */
function isIrcLine(line: string): boolean {
  const first = line[0];
  if (first === '@' || first === ':') return line.includes(' ');
  return bare.test(line);
}

const forms = /^(:tmi\.twitch\.tv )?(PING|RECONNECT)(?: |$)/;

/** Answers the lines that tmi.js knows with, or without, a prefix only. */
function answers(line: string, hooks: LineHooks): boolean {
  const match = forms.exec(line);
  if (match === null) return false;
  if (match[2] === 'RECONNECT') hooks.moved();
  else if (match[1]) hooks.send('PONG :tmi.twitch.tv');
  else return false;
  return true;
}
