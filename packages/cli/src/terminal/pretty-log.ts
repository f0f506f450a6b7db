import { readableStack } from '@pertybot/core/host';
import type { Style } from './style.js';
import { toPlainText } from './text.js';

/** A log line as pino writes it. */
interface LogLine {
  readonly level: string;
  readonly time: string;
  readonly message: string;
  readonly plugin?: unknown;
  readonly error?: unknown;
  readonly [field: string]: unknown;
}

const told = new Set(['level', 'time', 'message', 'plugin', 'error']);

/**
 * A line of the JSON log as people read it: `20:14:03 warn  irc  Chat is away. reason=closed`.
 * @param json the line, with or without its line feed
 * @param folder of the bot, from where files are named
 */
export function formatLogLine(json: string, style: Style, folder: string = process.cwd()): string {
  const line = parse(json);
  // A line that a full disk or the end of a machine cut, or that another program wrote.
  if (line === undefined) return toPlainText(json.trimEnd());
  const { plugin: of } = line;
  const plugin = typeof of === 'string' ? `${style.cyan(toPlainText(of))}  ` : '';
  const fields = Object.entries(line)
    .filter(([name]) => !told.has(name))
    .map(([name, value]) => ` ${toPlainText(name)}=${show(value)}`)
    .join('');
  const time = style.dim(clockTime(line.time));
  // What is written below each other, such as a caret, stays so; but nothing looks like a line of its own.
  const [first = '', ...rest] = line.message.split('\n').map(toPlainText);
  const said = line.level === 'error' ? style.red(first) : first;
  const head = `${time} ${level(line.level, style)} ${plugin}${said}${style.dim(fields)}`;
  const more = rest.map((text) => `\n  ${text}`).join('');
  return `${head}${more}${errorOf(line.error, style, folder)}`;
}

/** The time of day of an ISO time, in the owner's time zone. */
export function clockTime(time: string): string {
  const date = new Date(time);
  return [date.getHours(), date.getMinutes(), date.getSeconds()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}

function level(name: string, style: Style): string {
  const text = toPlainText(name).padEnd(5);
  if (name === 'error') return style.red(text);
  if (name === 'warn') return style.yellow(text);
  return name === 'info' ? style.green(text) : style.dim(text);
}

function show(value: unknown): string {
  const isList = Array.isArray(value) && value.every((item) => typeof item === 'string');
  if (isList) return value.map(show).join(',');
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined');
  const plain = toPlainText(text);
  return /^[^\s"=]+$/.test(plain) ? plain : JSON.stringify(plain);
}

function errorOf(error: unknown, style: Style, folder: string): string {
  if (error === undefined || error === null) return '';
  if (typeof error !== 'object') return `\n  ${toPlainText(String(error))}`;
  // A fault with a cure is an ordinary one: where in the code it was noticed is for the JSON log.
  if ('hint' in error && typeof error.hint === 'string') {
    return `\n  ${style.cyan('Hint:')} ${toPlainText(error.hint)}`;
  }
  const stack = 'stack' in error ? String(error.stack) : JSON.stringify(error);
  const lines = readableStack(stack, folder)
    .split('\n')
    .map((text) => `  ${toPlainText(text)}`);
  return `\n${style.dim(lines.join('\n'))}`;
}

function isLogLine(line: unknown): line is LogLine {
  if (typeof line !== 'object' || line === null) return false;
  const has = (name: string) => typeof Reflect.get(line, name) === 'string';
  return (
    ['level', 'time', 'message'].every(has) &&
    !Number.isNaN(Date.parse(String(Reflect.get(line, 'time'))))
  );
}

function parse(json: string): LogLine | undefined {
  try {
    const line: unknown = JSON.parse(json);
    return isLogLine(line) ? line : undefined;
  } catch {
    return undefined;
  }
}
