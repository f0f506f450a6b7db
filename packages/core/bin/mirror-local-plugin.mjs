// Run in a short-lived process, so that the compiler's memory never counts for the bot; as one file, lib/mirror-local-plugin.mjs,
// since to find and read many takes longer than all that it does. Its input is a list:
//   [{"entry": …, "folder": …, "cache": …, "resolveFrom": […]}, …]
// Copies each local plugin and all files of the bot that it imports to a folder named after their
// content, types stripped. Prints a list of {"main","files","commonJs"} or {"error","files"} as a line of JSON; the files
// of an error are those whose change may mend it. What it prints is on the disk by then.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { init, parse } from 'es-module-lexer';
import { packageUrl } from './mirror/find-package.mjs';
import { MirrorError, positionOf } from './mirror/mirror-error.mjs';
import { readText } from './mirror/read-text.mjs';
import { stripTypes } from './mirror/strip-types.mjs';
import { writeCopies } from './mirror/write-copies.mjs';

const code = /\.[cm]?[jt]sx?$/;
const endings = ['', '.ts', '.mts', '.js', '.mjs', '.json', '/index.ts', '/index.js', '/index.mjs'];

function candidatesFor(from, specifier) {
  const wanted = path.resolve(path.dirname(from), specifier);
  const candidates = endings.map((ending) => wanted + ending);
  if (/\.[cm]?js$/.test(wanted)) candidates.push(wanted.replace(/js$/, 'ts'));
  return candidates;
}

function findFile(candidates) {
  return candidates.find((candidate) => existsSync(candidate) && statSync(candidate).isFile());
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

const commonJs = /\b(module\.exports|exports\.|require\()/;
const relativeRequire = /\brequire\(\s*['"](\.{1,2}\/[^'"]+)['"]\s*\)/g;

/** Whether a file is CommonJS. One with types cannot be: it runs as a copy, and only modules are copied. */
function isCommonJs(file, text, hasModuleSyntax) {
  if (/\.cjs$/.test(file)) return true;
  if (hasModuleSyntax || !commonJs.test(text)) return false;
  if (/\.js$/.test(file)) return true;
  const place = positionOf(text, text.search(commonJs));
  const hint = 'Write: import … from …; and: export default definePlugin({ … });';
  throw new MirrorError(file, 'this is CommonJS', { ...place, hint });
}

/** Reads `entry` and what it imports into `files`, in the order of discovery. */
function collect(entry, files, missing) {
  const waiting = [entry];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (files.has(file)) continue;
    const content = readFileSync(file);
    const record = { file, content, text: undefined, imports: [], targets: new Map() };
    files.set(file, record);
    if (!code.test(file)) continue;
    record.text = stripTypes(file, readText(file, content));
    const text = record.text.toString();
    const { imports, hasModuleSyntax } = lex(file, text);
    record.imports = imports;
    record.commonJs = isCommonJs(file, text, hasModuleSyntax);
    if (record.commonJs) {
      const required = [...text.matchAll(relativeRequire)].map(([, specifier]) => specifier);
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
        throw new MirrorError(file, message, positionOf(text, start));
      }
      record.targets.set(specifier, target);
      waiting.push(target);
    }
  }
}

function mirrorName({ file, commonJs }, folder) {
  const relative = path.relative(folder, file);
  const inside = !relative.startsWith('..') && !path.isAbsolute(relative);
  const hash = createHash('sha256').update(path.dirname(file)).digest('hex').slice(0, 8);
  const name = inside ? relative : path.join('outside', hash, path.basename(file));
  return code.test(file) && !commonJs ? `${name}.mjs` : name;
}

/** The text of a copy: what it imports is other copies, and where it is where its original is. */
function rewrite(record, place) {
  const { file, text, imports } = record;
  const source = text.toString();
  for (const { type, specifier, start, end } of [...imports].reverse()) {
    if (type === 'import-meta') {
      const own = importMeta(source.slice(end, end + 20), file);
      if (own) text.replace(start, end + own.skip, own.value);
      continue;
    }
    if (typeof specifier !== 'string') continue;
    const target = place.files.get(record.targets.get(specifier));
    const replacement = target
      ? moduleSpecifier(target, place)
      : packageUrl(specifier, file, place);
    if (replacement === undefined) continue;
    // What a dynamic import spans includes its quotes.
    text.replace(start, end, type === 'dynamic' ? JSON.stringify(replacement) : replacement);
  }
  return text.linkedTo(file, record.content.toString('utf8'));
}

/** Stands for the folder of the mirror, whose name comes from what is in it. */
const ownFolder = '__pertybot_mirror__';

/**
 * CommonJS stays where it is: what it requires it finds from there. Copies are named in full: Node looks for what
 * an import that failed meant, and would look for a path beside the original.
 */
function moduleSpecifier(target, { folder, cache, commonJsVersion }) {
  return target.commonJs
    ? `${pathToFileURL(target.file).href}?v=${commonJsVersion}`
    : pathToFileURL(path.join(cache, ownFolder, mirrorName(target, folder))).href;
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

/** Changes whenever what makes the copies does: all of it is joined in this file. */
function ownVersion() {
  return hashOf(readFileSync(fileURLToPath(import.meta.url)));
}

function mirror({ entry, folder, cache, resolveFrom }, files, missing) {
  collect(entry, files, missing);
  const records = [...files.values()];
  const required = records.filter((record) => record.commonJs);
  const commonJsVersion = hashOf(required.map(({ content }) => hashOf(content)).join()).slice(
    0,
    16,
  );
  const place = { entry, folder, cache, resolveFrom, files, commonJsVersion };
  const commonJs = files.get(entry).commonJs ?? false;
  const isCopied = (record) => record.text !== undefined && !commonJs && !record.commonJs;
  const texts = records.map((record) =>
    isCopied(record) ? rewrite(record, place) : record.content,
  );
  const made = records.map(({ file, content }, at) =>
    [file, hashOf(content), hashOf(texts[at])].join(' '),
  );
  const name = hashOf([version, resolveFrom.join(), ...made.sort()].join('\n')).slice(0, 16);
  const copies = records.map((record, at) => [
    mirrorName(record, folder),
    isCopied(record) ? texts[at].replaceAll(ownFolder, name) : texts[at],
  ]);
  const listed = records.map(({ file, content, commonJs = false }, at) => ({
    file,
    hash: hashOf(content),
    copy: copies[at][0],
    copyHash: hashOf(copies[at][1]),
    commonJs,
  }));
  if (commonJs) return { main: entry, files: listed, commonJs, version: name };
  const target = path.join(cache, name);
  writeCopies(target, copies);
  return { main: path.join(target, copies[0][0]), files: listed, commonJs, version: name };
}

function answer(order) {
  const files = new Map();
  const missing = [];
  try {
    return mirror(order, files, missing);
  } catch (error) {
    const problem = error instanceof MirrorError ? error.problem : { message: error.message };
    const code = typeof error.code === 'string' ? { code: error.code } : {};
    return { error: { ...problem, ...code }, files: [...files.keys(), ...missing] };
  }
}

// All that needs no order comes before it waits for one; code that ran once is quick when it is waited for.
await init;
const version = ownVersion();
const sample =
  "import { a } from 'a';\ninterface B { readonly c?: string }\nexport const d = ({ c }: B) => a(c);\n";
lex('sample.ts', stripTypes('sample.ts', sample).toString());
const answers = JSON.parse(await text(process.stdin)).map(answer);
process.stdout.write(`${JSON.stringify(answers)}\n`);
