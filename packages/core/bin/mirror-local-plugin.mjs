// Run in a short-lived process, so that the compiler's memory never counts for the bot:
//   node mirror-local-plugin.mjs '{"entry": …, "folder": …, "cache": …, "resolveFrom": […]}'
// Copies a local plugin and all files of the bot that it imports to a folder named after their
// content, types stripped. Prints {"main","files"} or {"error"} as JSON.
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
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

function findFile(from, specifier) {
  const wanted = path.resolve(path.dirname(from), specifier);
  const candidates = endings.map((ending) => wanted + ending);
  if (/\.[cm]?js$/.test(wanted)) candidates.push(wanted.replace(/js$/, 'ts'));
  const found = candidates.find(
    (candidate) => existsSync(candidate) && statSync(candidate).isFile(),
  );
  if (found) return found;
  throw new MirrorError(from, `imports "${specifier}", which does not exist`);
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
  } catch (error) {
    const place = /:(\d+):(\d+)$/.exec(error.message);
    const position = place ? { line: Number(place[1]), column: Number(place[2]) } : {};
    throw new MirrorError(file, 'is no valid JavaScript or TypeScript', position);
  }
}

/** A package that the bot's folder does not have may come with the program that runs the bot. */
function packageUrl(specifier, folder, resolveFrom) {
  if (/^(\.{0,2}\/|node:|file:|data:)/.test(specifier)) return undefined;
  for (const [index, base] of [
    pathToFileURL(path.join(folder, 'noop.js')).href,
    ...resolveFrom,
  ].entries()) {
    try {
      const url = resolve(specifier, base);
      return index === 0 ? undefined : url;
    } catch {}
  }
  return undefined;
}

/** Reads `entry` and what it imports, in the order of discovery. */
function collect(entry) {
  const files = new Map();
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
    for (const { specifier } of imports) {
      if (typeof specifier !== 'string' || !/^\.{1,2}\//.test(specifier)) continue;
      const target = findFile(file, specifier);
      record.targets.set(specifier, target);
      waiting.push(target);
    }
  }
  return files;
}

function mirrorName(file, folder) {
  const relative = path.relative(folder, file);
  const inside = !relative.startsWith('..') && !path.isAbsolute(relative);
  const hash = createHash('sha256').update(path.dirname(file)).digest('hex').slice(0, 8);
  const name = inside ? relative : path.join('outside', hash, path.basename(file));
  return code.test(file) ? `${name}.mjs` : name;
}

function rewrite(record, { folder, resolveFrom }) {
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
      : packageUrl(specifier, folder, resolveFrom);
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

async function mirror({ entry, folder, cache, resolveFrom }) {
  await init;
  const files = collect(entry);
  const listed = [...files.values()].map(({ file, content }) => ({ file, hash: hashOf(content) }));
  if (files.get(entry).commonJs) return { main: entry, files: listed };
  const version = hashOf(readFileSync(fileURLToPath(import.meta.url)));
  const content = listed
    .map(({ file, hash }) => `${file} ${hash}`)
    .sort()
    .join('\n');
  const target = path.join(
    cache,
    hashOf(`${version}\n${resolveFrom.join()}\n${content}`).slice(0, 16),
  );
  const main = path.join(target, mirrorName(entry, folder));
  if (!existsSync(target)) {
    const temporary = `${target}.${process.pid}`;
    for (const record of files.values()) {
      const file = path.join(temporary, mirrorName(record.file, folder));
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(
        file,
        record.text === undefined ? record.content : rewrite(record, { folder, resolveFrom }),
      );
    }
    try {
      renameSync(temporary, target);
    } catch (error) {
      // Another process made the same mirror first.
      rmSync(temporary, { recursive: true, force: true });
      if (!existsSync(target)) throw error;
    }
  }
  return { main, files: listed };
}

try {
  process.stdout.write(JSON.stringify(await mirror(JSON.parse(process.argv[2]))));
} catch (error) {
  const problem = error instanceof MirrorError ? error.problem : { message: error.message };
  process.stdout.write(JSON.stringify({ error: problem }));
}
