import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Finding } from '@pertybot/core';
import { judgeCoreRange, packageNames } from '@pertybot/core/host';
import { ownVersion } from '../bot-folder/own-package.js';
import {
  installScriptsOf,
  type PluginFacts,
  readPluginFacts,
} from '../plugins/package-manifest.js';
import { pluginKeyword } from '../plugins/search-plugins.js';
import type { PluginPackage } from './plugin-package.js';

/** A fault of a package, and what mends it. */
type Fault = Pick<Finding, 'level' | 'message' | 'hint'>;

/** Looks at the package around a plugin: what npm would publish, and what that would bring into a bot. */
export async function checkPackage(pack: PluginPackage): Promise<readonly Finding[]> {
  return [
    judge('package', faultsOfName(pack), `It is called "${pack.manifest.name}".`),
    judge('keyword', faultsOfKeyword(pack), `"plugins search" finds it by ${pluginKeyword}.`),
    judge('readme', faultsOfReadme(pack), 'It has a README.'),
    judge('licence', faultsOfLicence(pack), `Its licence is ${pack.manifest.license}.`),
    judge('core', faultsOfCore(pack), 'It takes the core that the bot has.'),
    judge('node', faultsOfEngines(pack), `It runs with Node ${pack.manifest.engines.node}.`),
    judge('scripts', faultsOfScripts(pack), 'It runs nothing when it is installed.'),
  ];
}

/** One finding of what was looked for: the worst fault, or that there is none. */
export function judge(subject: string, faults: readonly Fault[], fine: string): Finding {
  const fault = faults.find(({ level }) => level === 'error') ?? faults[0];
  return fault ? { subject, ...fault } : { level: 'ok', subject, message: fine };
}

const error = (message: string, hint: string): Fault => ({ level: 'error', message, hint });
const warning = (message: string, hint: string): Fault => ({ level: 'warning', message, hint });

function faultsOfName({ manifest: { name } }: PluginPackage): readonly Fault[] {
  if (name !== '' && packageNames(name).includes(name)) return [];
  const hint = `Call it pertybot-plugin-${name || 'NAME'}, or give it a @scope.`;
  return [error(`A bot cannot name a package "${name}".`, hint)];
}

function faultsOfKeyword({ manifest }: PluginPackage): readonly Fault[] {
  if (manifest.keywords.includes(pluginKeyword)) return [];
  const hint = `Write into package.json: "keywords": ["${pluginKeyword}"]`;
  return [error(`Its keywords lack "${pluginKeyword}", so "plugins search" cannot find it.`, hint)];
}

function faultsOfReadme({ files }: PluginPackage): readonly Fault[] {
  if (files === undefined || files.some((file) => /^readme(?:\.\w+)?$/i.test(file))) return [];
  const hint = 'Write a README.md: what it does, its options, its commands.';
  return [error('It has no README.', hint)];
}

function faultsOfLicence({ manifest, files }: PluginPackage): readonly Fault[] {
  const text = files?.some((file) => /^licen[cs]e/i.test(file)) ?? true;
  return [
    ...(manifest.license
      ? []
      : [
          error(
            'Nobody may use it: it names no licence.',
            'Write into package.json: "license": "MIT"',
          ),
        ]),
    ...(text ? [] : [warning('The text of its licence is missing.', 'Add a file LICENSE.')]),
  ];
}

/** Packages of which a bot must have one copy alone. */
const shared = /^(?:@pertybot\/.+|pertybot)$/;

/** Packages that core has inside. */
const inside = /^(?:tsyringe|reflect-metadata)$/;

function faultsOfCore({ manifest }: PluginPackage): readonly Fault[] {
  const own = { ...manifest.dependencies, ...manifest.optionalDependencies };
  const copies = Object.keys(own).filter((name) => shared.test(name));
  const strangers = Object.keys({ ...own, ...manifest.peerDependencies }).filter((name) =>
    inside.test(name),
  );
  const range = manifest.peerDependencies['@pertybot/core'];
  const major = Number(ownVersion().split('.')[0]);
  const wide = `"@pertybot/core": ">=${ownVersion()} <${major + 1}.0.0"`;
  const hint = `Write into package.json: "peerDependencies": { ${wide} }`;
  if (copies.length > 0) {
    const to = 'Move that to peerDependencies (for your tests, to devDependencies, too).';
    return [error(`Its dependencies would bring a second copy of ${copies.join(', ')}.`, to)];
  }
  if (strangers.length > 0) {
    const to = 'Remove that, and import inject and injectable from @pertybot/core.';
    return [error(`It names ${strangers.join(', ')}, of which core has a copy inside.`, to)];
  }
  if (range === undefined) return [error('Its peerDependencies lack @pertybot/core.', hint)];
  const judged = judgeCoreRange(range);
  if (judged === 'other')
    return [error(`It does not take this core: "${range}" leaves ${ownVersion()} out.`, hint)];
  if (judged === 'wide') return [];
  return [warning(`"${range}" leaves the next minor version of core out.`, hint)];
}

function faultsOfEngines({ manifest }: PluginPackage): readonly Fault[] {
  if (manifest.engines.node) return [];
  const hint = 'Write into package.json: "engines": { "node": ">=20.19.0" }';
  return [warning('It does not say which Node it runs with.', hint)];
}

function faultsOfScripts({ manifest }: PluginPackage): readonly Fault[] {
  const scripts = installScriptsOf(manifest);
  if (scripts.length === 0) return [];
  const hint = '"plugins add" never runs them: build before you publish, in "prepack".';
  return [error(`It wants to run ${scripts.join(', ')} when it is installed.`, hint)];
}

/** Looks at whether the files that package.json promises are there, and would be published. */
export function checkPublishedFiles(pack: PluginPackage): Finding {
  const { folder, manifest, files, untold } = pack;
  const subject = 'files';
  const entries = targetsOf(manifest.exports);
  const promised = [...entries, manifest.main, manifest.types].filter((path) => path !== undefined);
  const paths = [...new Set(promised.map((path) => posix.normalize(path)))];
  const missing = paths.filter((path) => !path.includes('*') && !existsSync(join(folder, path)));
  if (paths.length === 0) {
    const hint = 'Write into package.json: "exports": "./dist/index.js"';
    return { level: 'error', subject, message: 'Neither "exports" nor "main" names a file.', hint };
  }
  if (missing.length > 0) {
    const build =
      'build' in manifest.scripts ? 'Run: npm run build' : 'Mend the path in package.json.';
    const message = `package.json names ${missing.join(', ')}, which is not there.`;
    return { level: 'error', subject, message, hint: build };
  }
  if (files === undefined) {
    const message = `npm does not say what it would publish: ${untold}`;
    return { level: 'warning', subject, message };
  }
  const left = paths.filter((path) => !path.includes('*') && !files.includes(path));
  if (left.length > 0) {
    const hint = `Write into package.json: "files": ["${left[0]?.split('/')[0]}"]`;
    const message = `npm would leave ${left.join(', ')} out of the package.`;
    return { level: 'error', subject, message, hint };
  }
  const typed = manifest.types !== undefined || paths.some((path) => /\.d\.[cm]?ts$/.test(path));
  const untyped = {
    level: 'warning' as const,
    message: 'It brings no types for those who import from it.',
    hint: 'Write into package.json: "exports": { ".": { "types": "./dist/index.d.ts", "default": "./dist/index.js" } }',
  };
  return judge(subject, typed ? [] : [untyped], `${files.length} files would be published.`);
}

/** The files that `exports` of a package.json names. */
function targetsOf(exports: unknown): readonly string[] {
  if (typeof exports === 'string') return [exports];
  if (typeof exports !== 'object' || exports === null) return [];
  return Object.values(exports).flatMap(targetsOf);
}

const keys = ['provides', 'needs', 'commands'] as const;

/**
 * Holds the field `pertybot` of a package.json against the plugin.
 * @param stated what package.json has there
 * @param found what the code does; a key that is missing is not known
 */
export function checkFacts(stated: unknown, found: Partial<PluginFacts>): Finding {
  const subject = 'pertybot';
  const facts = readPluginFacts(stated);
  const wrong = keys.filter((key) => {
    const list = found[key];
    return list !== undefined && !haveSame(facts?.[key] ?? [], list);
  });
  if (facts !== undefined && wrong.length === 0) {
    const message =
      'The field "pertybot" of package.json says what it provides, needs and commands.';
    return { level: 'ok', subject, message };
  }
  const right = Object.fromEntries(keys.map((key) => [key, found[key] ?? facts?.[key] ?? []]));
  const message =
    facts === undefined
      ? 'The field "pertybot" of package.json is missing, so registries cannot tell what it is.'
      : `The field "pertybot" of package.json is wrong about ${wrong.join(', ')}.`;
  // What else its author keeps there stays.
  const others = typeof stated === 'object' && stated !== null ? stated : {};
  const field = JSON.stringify({ ...others, ...right }, undefined, 1)
    .replaceAll(/\n */g, ' ')
    .replaceAll(/(?<=\[) | (?=\])/g, '');
  return {
    level: 'error',
    subject,
    message,
    hint: `Write into package.json: "pertybot": ${field}`,
  };
}

function haveSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((each) => others.includes(each));
}
