// Run in a short-lived process, so that the compiler's memory never counts for the bot:
//   node mirror-local-plugin.mjs '{"entry": …, "folder": …, "cache": …, "resolveFrom": […]}'
// Copies a local plugin and all files of the bot that it imports to a folder named after their
// content, types stripped. Prints {"main","files","commonJs"} or {"error","files"} as JSON; the files
// of an error are those whose change may mend it. What it prints is on the disk by then.
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { init, parse } from 'es-module-lexer';
import { resolve } from 'import-meta-resolve';
import { transform } from 'sucrase';

const typescript = /\.[cm]?tsx?$/;
const code = /\.[cm]?[jt]sx?$/;
const endings = ['', '.ts', '.mts', '.js', '.mjs', '.json', '/index.ts', '/index.js', '/index.mjs'];

class MirrorError extends Error {
  constructor(file, message, position = {}) {
    super(message);
    this.problem = { file, message, ...position };
  }
}

function candidatesFor(from, specifier) {
  const wanted = path.resolve(path.dirname(from), specifier);
  const candidates = endings.map((ending) => wanted + ending);
  if (/\.[cm]?js$/.test(wanted)) candidates.push(wanted.replace(/js$/, 'ts'));
  return candidates;
}

function findFile(candidates) {
  return candidates.find((candidate) => existsSync(candidate) && statSync(candidate).isFile());
}

function positionOf(text, offset) {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: lines.at(-1).length + 1 };
}

function strip(file, text) {
  if (!typescript.test(file)) return text;
  try {
    const options = { transforms: ['typescript'], disableESTransforms: true, filePath: file };
    return transform(text, { ...options, preserveDynamicImport: true }).code;
  } catch (error) {
    const place = /\((\d+):(\d+)\)\s*$/.exec(error.message);
    const message = error.message
      .replace(/^Error transforming [^:]+: /, '')
      .replace(/\s*\(\d+:\d+\)\s*$/, '');
    const position = place ? { line: Number(place[1]), column: Number(place[2]) } : {};
    throw new MirrorError(file, message, position);
  }
}

function lex(file, text) {
  try {
    const [imports, , , hasModuleSyntax] = parse(text, file);
    return { imports, hasModuleSyntax };
  } catch {
    // Not valid: Node, which imports it next, says better what and where.
    const hasModuleSyntax = !/\.cjs$/.test(file) && /^\s*(import|export)\b/m.test(text);
    return { imports: [], hasModuleSyntax };
  }
}

/** The folder that a plugin has for itself: that of its package.json, else that of its file. */
function ownFolder(entry, folder) {
  const beside = path.dirname(entry);
  for (
    let root = beside;
    root !== folder && root !== path.dirname(root);
    root = path.dirname(root)
  ) {
    if (existsSync(path.join(root, 'package.json'))) return root;
  }
  return beside;
}

function isBelow(file, folder) {
  const relative = path.relative(folder, file);
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
}

/** A package in the plugin's own node_modules, which is the version that it was written for. */
function ownPackageUrl(specifier, file, { entry, folder }) {
  const own = ownFolder(entry, folder);
  // A bot has one PertyBot; a plugin may have another for its editor's sake.
  if (own === folder || specifier.startsWith('@pertybot/')) return undefined;
  try {
    const url = resolve(specifier, pathToFileURL(file).href);
    return isBelow(fileURLToPath(url), path.join(own, 'node_modules')) ? url : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A package is the plugin's own, else the bot's; one that the bot's folder does not have may come with the
 * program that runs the bot, or stand elsewhere beside the plugin.
 */
function packageUrl(specifier, file, place) {
  if (/^(\.{0,2}\/|node:|file:|data:)/.test(specifier)) return undefined;
  const own = ownPackageUrl(specifier, file, place);
  if (own !== undefined) return own;
  const { folder, resolveFrom } = place;
  const here = pathToFileURL(path.join(folder, 'noop.js')).href;
  for (const base of [here, ...resolveFrom, pathToFileURL(file).href]) {
    try {
      const url = resolve(specifier, base);
      return base === here ? undefined : url;
    } catch {}
  }
  return undefined;
}

const relativeRequire = /\brequire\(\s*['"](\.{1,2}\/[^'"]+)['"]\s*\)/g;

/** Reads `entry` and what it imports into `files`, in the order of discovery. */
function collect(entry, files, missing) {
  const waiting = [entry];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (files.has(file)) continue;
    const content = readFileSync(file);
    const record = { file, content, text: undefined, imports: [], targets: new Map() };
    files.set(file, record);
    if (!code.test(file)) continue;
    record.text = strip(file, content.toString('utf8'));
    const { imports, hasModuleSyntax } = lex(file, record.text);
    record.imports = imports;
    record.commonJs =
      !hasModuleSyntax && /\b(module\.exports|exports\.|require\()/.test(record.text);
    if (record.commonJs) {
      const required = [...record.text.matchAll(relativeRequire)].map(([, specifier]) => specifier);
      const targets = required.map((specifier) => findFile(candidatesFor(file, specifier)));
      waiting.push(...targets.filter((target) => target !== undefined));
    }
    for (const { specifier, start } of imports) {
      if (typeof specifier !== 'string' || !/^\.{1,2}\//.test(specifier)) continue;
      const candidates = candidatesFor(file, specifier);
      const target = findFile(candidates);
      if (target === undefined) {
        missing.push(...candidates);
        const message = `imports "${specifier}", which does not exist`;
        throw new MirrorError(file, message, positionOf(record.text, start));
      }
      record.targets.set(specifier, target);
      waiting.push(target);
    }
  }
}

function mirrorName(file, folder) {
  const relative = path.relative(folder, file);
  const inside = !relative.startsWith('..') && !path.isAbsolute(relative);
  const hash = createHash('sha256').update(path.dirname(file)).digest('hex').slice(0, 8);
  const name = inside ? relative : path.join('outside', hash, path.basename(file));
  return code.test(file) ? `${name}.mjs` : name;
}

function rewrite(record, place) {
  const { folder } = place;
  let text = record.text;
  const from = path.dirname(mirrorName(record.file, folder));
  for (const { type, specifier, start, end } of [...record.imports].reverse()) {
    if (type === 'import-meta') {
      const own = importMeta(text.slice(end, end + 20), record.file);
      if (own) text = text.slice(0, start) + own.value + text.slice(end + own.skip);
      continue;
    }
    if (typeof specifier !== 'string') continue;
    const target = record.targets.get(specifier);
    const replacement = target
      ? relativeSpecifier(from, mirrorName(target, folder))
      : packageUrl(specifier, record.file, place);
    if (replacement === undefined) continue;
    // What a dynamic import spans includes its quotes.
    const written = type === 'dynamic' ? JSON.stringify(replacement) : replacement;
    text = text.slice(0, start) + written + text.slice(end);
  }
  return text;
}

function relativeSpecifier(from, file) {
  const relative = path.relative(from, file).split(path.sep).join('/');
  return relative.startsWith('.') ? relative : `./${relative}`;
}

/** The plugin's own place, not that of its mirror. */
function importMeta(following, file) {
  const values = {
    '.url': pathToFileURL(file).href,
    '.dirname': path.dirname(file),
    '.filename': file,
  };
  const property = /^\.(url|dirname|filename)\b/.exec(following)?.[0];
  if (property === undefined) return undefined;
  return { value: JSON.stringify(values[property]), skip: property.length };
}

function hashOf(content) {
  return createHash('sha256').update(content).digest('hex');
}

/** Writes a file so that it outlives a loss of power. */
function writeSynced(file, content) {
  mkdirSync(path.dirname(file), { recursive: true });
  const descriptor = openSync(file, 'wx');
  try {
    writeFileSync(descriptor, content);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Whether `target` holds exactly these files, each a file of its own and no link. */
function holds(target, copies) {
  try {
    return copies.every(([copy, content]) => {
      const file = path.join(target, copy);
      const isOwn =
        realpathSync(file) ===
        path.join(realpathSync(path.dirname(target)), path.basename(target), copy);
      return isOwn && lstatSync(file).isFile() && readFileSync(file).equals(Buffer.from(content));
    });
  } catch {
    return false;
  }
}

function writeCopies(target, copies) {
  const temporary = `${target}.${process.pid}`;
  rmSync(temporary, { recursive: true, force: true });
  for (const [copy, content] of copies) writeSynced(path.join(temporary, copy), content);
  try {
    // Also what was cut short, or is not ours.
    rmSync(target, { recursive: true, force: true });
    renameSync(temporary, target);
  } catch (error) {
    // Another process may have made the same mirror first.
    rmSync(temporary, { recursive: true, force: true });
    if (!holds(target, copies)) throw error;
  }
}

async function mirror({ entry, folder, cache, resolveFrom }, files, missing) {
  await init;
  collect(entry, files, missing);
  const place = { entry, folder, resolveFrom };
  const commonJs = files.get(entry).commonJs ?? false;
  const copies = [...files.values()].map((record) => [
    mirrorName(record.file, folder),
    record.text === undefined || commonJs ? record.content : rewrite(record, place),
  ]);
  const listed = [...files.values()].map(({ file, content }, index) => ({
    file,
    hash: hashOf(content),
    copy: copies[index][0],
    copyHash: hashOf(copies[index][1]),
  }));
  const version = hashOf(readFileSync(fileURLToPath(import.meta.url)));
  const content = listed
    .map(({ file, hash, copyHash }) => `${file} ${hash} ${copyHash}`)
    .sort()
    .join('\n');
  const name = hashOf(`${version}\n${resolveFrom.join()}\n${content}`).slice(0, 16);
  if (commonJs) return { main: entry, files: listed, commonJs, version: name };
  const target = path.join(cache, name);
  const main = path.join(target, mirrorName(entry, folder));
  if (!holds(target, copies)) {
    mkdirSync(cache, { recursive: true });
    writeCopies(target, copies);
  }
  return { main, files: listed, commonJs, version: name };
}

const files = new Map();
const missing = [];
let answer;
try {
  answer = await mirror(JSON.parse(process.argv[2]), files, missing);
} catch (error) {
  const problem = error instanceof MirrorError ? error.problem : { message: error.message };
  const code = typeof error.code === 'string' ? { code: error.code } : {};
  answer = { error: { ...problem, ...code }, files: [...files.keys(), ...missing] };
}
process.stdout.write(JSON.stringify(answer));
