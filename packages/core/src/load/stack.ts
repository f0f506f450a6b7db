import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { coreFolder } from './core-package.js';

/** One line of a stack trace that has a place in a file. */
export interface StackFrame {
  /** What was called; empty at the top level of a module. */
  readonly name: string;
  /** Absolute path, or a name such as `node:internal/timers`. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

const frameForm =
  /^ {4}at (?:async )?(?:((?:(?! \().)+) \()?((?:file:\/\/|node:|\/|[A-Za-z]:\\).*?):(\d+):(\d+)\)?$/;

/** The frames of a stack trace, the innermost first. A plugin's file has the name that its author gave it. */
export function stackFrames(stack: string): readonly StackFrame[] {
  return stack.split('\n').flatMap((text) => toFrame(text) ?? []);
}

function toFrame(text: string): StackFrame | undefined {
  const [, name = '', place = '', line, column] = frameForm.exec(text) ?? [];
  if (line === undefined) return undefined;
  return { name, file: toFile(place), line: Number(line), column: Number(column) };
}

/** The path of a place that a stack or a debugger names by its URL; any other name stays. */
export function toFile(place: string): string {
  try {
    return place.startsWith('file:') ? fileURLToPath(place) : place;
  } catch {
    return place;
  }
}

/**
 * A stack trace for whoever writes plugins: the frames of his own code and of the packages that he uses, by
 * their paths from the bot's folder. PertyBot's and Node's are counted, unless there are no others.
 */
export function readableStack(stack: string, folder: string): string {
  const told: string[] = [];
  let frames: string[] = [];
  const tell = () => {
    if (frames.length > 0) told.push(...readableFrames(frames, folder));
    frames = [];
  };
  for (const line of stack.split('\n')) {
    if (line.startsWith('    at ')) {
      frames.push(line);
      continue;
    }
    tell();
    told.push(line);
  }
  tell();
  return told.join('\n');
}

/**
 * Where in the code of a plugin's author an error came up: the innermost frame that is neither PertyBot's nor Node's.
 * @returns such as `plugins/dice.ts:7:5`, by the bot's folder; undefined when no such code ran
 */
export function placeOf(error: unknown, folder: string): string | undefined {
  const hasStack = typeof error === 'object' && error !== null && 'stack' in error;
  if (!hasStack || typeof error.stack !== 'string') return undefined;
  const [frame] = stackFrames(error.stack).filter(({ file }) => !isOurs(file));
  return frame && show({ ...frame, name: '' }, folder);
}

/** The frames of one error; that of its cause has others. */
function readableFrames(lines: readonly string[], folder: string): readonly string[] {
  const frames = stackFrames(lines.join('\n'));
  const theirs = frames.filter((frame) => !isOurs(frame.file));
  const shown = theirs.length > 0 ? theirs : frames.map(originalFrame);
  const hidden = lines.length - shown.length;
  return [
    ...shown.map((frame) => `    at ${show(frame, folder)}`),
    ...(theirs.length > 0 && hidden > 0
      ? [`    … ${hidden} more inside PertyBot and Node.js`]
      : []),
  ];
}

function show({ name, file, line, column }: StackFrame, folder: string): string {
  const relative = path.relative(folder, file);
  const isInside = path.isAbsolute(file) && !relative.startsWith('..');
  const place = `${isInside ? relative : file}:${line}:${column}`;
  return name === '' ? place : `${name} (${place})`;
}

const siblings = path.dirname(coreFolder);

/** Whether a file belongs to PertyBot or to Node. */
export function isOurs(file: string): boolean {
  if (!path.isAbsolute(file)) return true;
  if (/[/\\]node_modules[/\\](?:@pertybot|pertybot)[/\\]/.test(file)) return true;
  const isSibling = /^(?:@pertybot|packages)$/.test(path.basename(siblings));
  return isSibling && file.startsWith(siblings + path.sep) && !file.includes('node_modules');
}

const mapSchema = v.object({
  version: v.number(),
  sources: v.array(v.string()),
  names: v.array(v.string()),
  mappings: v.string(),
});

/** Where a frame of what was joined or compiled comes from, by the map beside its file. */
function originalFrame(frame: StackFrame): StackFrame {
  const map = `${frame.file}.map`;
  try {
    if (!existsSync(map)) return frame;
    const payload = v.parse(mapSchema, JSON.parse(readFileSync(map, 'utf8')));
    const found = new SourceMap({ ...payload, file: '', sourcesContent: [], sourceRoot: '' });
    const entry = found.findEntry(frame.line - 1, frame.column - 1);
    if (!('originalSource' in entry)) return frame;
    const { originalSource, originalLine, originalColumn } = entry;
    return {
      name: originalName(frame, found),
      file: path.resolve(path.dirname(frame.file), originalSource),
      line: originalLine + 1,
      column: originalColumn + 1,
    };
  } catch {
    // An unreadable map is as good as none.
    return frame;
  }
}

/** Where two modules have a name each, the joined file has `check` and `check2`. */
function originalName({ name, file }: StackFrame, map: SourceMap): string {
  const [renamed] = /[A-Za-z_$][\w$]*\d/.exec(name) ?? [];
  if (renamed === undefined) return name;
  const lines = readFileSync(file, 'utf8').split('\n');
  const line = lines.findIndex((text) => text.includes(renamed));
  const entry = map.findEntry(line, lines[line]?.indexOf(renamed) ?? 0);
  return 'name' in entry && typeof entry.name === 'string'
    ? name.replace(renamed, entry.name)
    : name;
}
