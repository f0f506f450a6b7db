import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import nodePath from 'node:path';
import { errorCodeOf, v } from '@pertybot/core';
import { CliError } from '../terminal/cli-error.js';

/** How {@link runNpm} runs. */
export interface NpmOptions {
  /** Folder with the package.json that is meant. */
  readonly folder: string;
  /** Ends npm. */
  readonly signal?: AbortSignal | undefined;
  /** Whether packages may run their install scripts. @default false */
  readonly allowScripts?: boolean;
  /** @default the process's environment */
  readonly environment?: NodeJS.ProcessEnv;
}

/**
 * What npm tells the scripts of one package, and another npm would obey: under `npm run` it would work on the package
 * of that script instead of the bot's folder.
 */
const told =
  /^(?:npm_(?:config_(?:local_prefix|workspace)|lifecycle_|package_|execpath|command)|INIT_CWD$)/;

function withoutTold(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !told.test(name)));
}

/** Without running code of a package before its owner has seen it, unless that is allowed. */
const scripts = (allowed: boolean) => (allowed ? '--ignore-scripts=false' : '--ignore-scripts');

/** Quiet. */
const always = ['--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];

/**
 * Runs npm.
 * @returns what it wrote to stdout
 * @throws CliError CLI_NPM_FAILED with npm's reason in a sentence; the signal's reason when it fired
 */
export function runNpm(words: readonly string[], options: NpmOptions): Promise<string> {
  const { folder, signal, allowScripts = false, environment = process.env } = options;
  const [program, ...first] = npmProgram();
  return new Promise((resolve, reject) => {
    execFile(
      program,
      [...first, ...words, scripts(allowScripts), ...always],
      {
        cwd: folder,
        env: withoutTold(environment),
        encoding: 'utf8',
        maxBuffer: 64 * 1_048_576,
        ...(signal && { signal }),
      },
      (error, stdout, stderr) => {
        if (signal?.aborted) reject(signal.reason);
        else if (error) reject(toNpmError(error, `${stderr}\n${stdout}`, words));
        else resolve(stdout);
      },
    );
  });
}

/** What npm's error codes mean for whoever adds a plugin. */
const sentences: readonly (readonly [codes: RegExp, message: string, hint: string])[] = [
  [/^E404$/, 'The npm registry has no such package.', 'Check the name of the plugin.'],
  [/^ETARGET$/, 'The package has no such version.', 'Leave the version away to get the newest.'],
  [
    /^(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT)$/,
    'The npm registry cannot be reached.',
    'Check the network and try again.',
  ],
  [
    /^ERESOLVE$/,
    'The plugin does not go with the installed packages.',
    'Check which version of @pertybot/core it needs; --verbose shows npm’s words.',
  ],
  [/^ENOSPC$/, 'The disk is full.', 'Make room and try again.'],
  [
    /^(?:EACCES|EPERM|EROFS)$/,
    'The bot’s folder cannot be written.',
    'Run it as the owner of the folder, never with sudo.',
  ],
  [/^EINTEGRITY$/, 'The package arrived damaged.', 'Run npm cache verify and try again.'],
  [/^EBADENGINE$/, 'The plugin needs another version of Node.', 'Update Node, or the plugin.'],
];

/** What the same code means for whoever searches. */
const unsearchable: (typeof sentences)[number] = [
  /^E404$/,
  'The npm registry cannot be searched.',
  'Look for the keyword pertybot-plugin on the website of npm.',
];

function toNpmError(error: Error, output: string, words: readonly string[]): CliError {
  if (errorCodeOf(error) === 'ENOENT') {
    return new CliError('CLI_NPM_FAILED', 'npm was not found.', {
      hint: 'Install npm; it belongs to Node.',
      cause: error,
    });
  }
  const code = /^npm (?:error|ERR!) code (\S+)/m.exec(output)?.[1] ?? '';
  const isUnsearchable = words[0] === 'search' && code === 'E404';
  const known = isUnsearchable ? unsearchable : sentences.find(([codes]) => codes.test(code));
  const cause = new Error(output.trim() || error.message);
  if (known) {
    const [, message, ordinaryHint] = known;
    // It may be what the plugin needs, not the plugin itself, that the registry does not have.
    const missing = / 404 +(?:The requested resource )?'([^']+)'/.exec(output)?.[1];
    const hint = missing
      ? `npm asked for "${missing}": check the name, or install that first.`
      : ordinaryHint;
    return new CliError('CLI_NPM_FAILED', `npm ${words[0]} failed: ${message}`, { hint, cause });
  }
  const line =
    /^npm (?:error|ERR!) (?!code |syscall |errno |path |dest )(.+)$/m.exec(output)?.[1] ??
    'It ended without a reason.';
  return new CliError('CLI_NPM_FAILED', `npm ${words[0]} failed: ${line}`, {
    hint: 'Run it again with --verbose to see all that npm said.',
    cause,
  });
}

/** Where npm is looked for. */
export interface NpmPlace {
  readonly platform: NodeJS.Platform;
  /** Path of Node. */
  readonly execPath: string;
  /** The variable PATH. */
  readonly path: string;
  exists(file: string): boolean;
}

const here: NpmPlace = {
  platform: process.platform,
  execPath: process.execPath,
  path: process.env.PATH ?? '',
  exists: existsSync,
};

/**
 * npm, and the words that go before all others. On Windows it is a batch file, which Node does not start
 * without a shell that would read its words anew; so Node runs the script that lies beside it.
 * @see https://nodejs.org/api/child_process.html#spawning-bat-and-cmd-files-on-windows
 */
export function npmProgram(place: NpmPlace = here): readonly [string, ...string[]] {
  const { platform, execPath, path, exists } = place;
  if (platform !== 'win32') return ['npm'];
  const { delimiter, dirname, join } = nodePath.win32;
  const script = [dirname(execPath), ...path.split(delimiter)]
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js'))
    .find(exists);
  return script === undefined ? ['npm'] : [execPath, script];
}

/** Who published a version of a package, and when. */
export interface Publication {
  readonly by?: string | undefined;
  /** Day, as an ISO date. */
  readonly on?: string | undefined;
}

const viewSchema = v.looseObject({
  _npmUser: v.optional(v.union([v.string(), v.looseObject({ name: v.string() })])),
  time: v.optional(v.record(v.string(), v.unknown()), {}),
});

/** What the registry says of a version; undefined where it says nothing, or cannot be reached. */
export async function publicationOf(
  name: string,
  version: string,
  folder: string,
  signal?: AbortSignal,
): Promise<Publication | undefined> {
  try {
    const words = ['view', `${name}@${version}`, '_npmUser', 'time', '--json'];
    const { _npmUser: user, time } = v.parse(
      viewSchema,
      JSON.parse(await runNpm(words, { folder, signal })),
    );
    const at = time[version];
    return {
      // A string is `name <address>`; the address is nobody's business.
      by: typeof user === 'string' ? user.replace(/\s*<.*$/, '') : user?.name,
      on: typeof at === 'string' ? at.slice(0, 10) : undefined,
    };
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
}
