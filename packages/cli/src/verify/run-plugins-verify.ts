import { existsSync } from 'node:fs';
import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Finding, messageOf } from '@pertybot/core';
import { botFileName } from '@pertybot/core/host';
import { parse } from 'yaml';
import { makeStateFolder } from '../bot-folder/bot-folder.js';
import { interruptible } from '../bot-process/shutdown.js';
import { formatFindings } from '../doctor/run-doctor.js';
import { writeNote } from '../notes/note-files.js';
import { CliError } from '../terminal/cli-error.js';
import { styleFor } from '../terminal/style.js';
import { checkFacts, checkPackage, checkPublishedFiles } from './package-checks.js';
import { readPluginPackage } from './plugin-package.js';
import { tryPlugin } from './try-plugin.js';
import { findTarget } from './verify-target.js';

/** What `pertybot plugins verify` was told. */
export interface RunPluginsVerifyOptions {
  /** Folder of the bot. */
  readonly folder: string;
  /** @default the package around */
  readonly plugin: string | undefined;
  /** Plugins that provide what it needs. */
  readonly beside: readonly string[];
  /** Config with which it is tried, or its file. @default that of its entry in plugins.yaml */
  readonly config: string | undefined;
  /** Milliseconds. */
  readonly startTimeout: number | undefined;
  readonly json: boolean;
  print(text: string): void;
  /** Told what happens before it does. */
  tell(text: string): void;
}

/**
 * Goes through what an author should have seen to before a plugin is published.
 * @returns whether nothing failed
 */
export async function runPluginsVerify(options: RunPluginsVerifyOptions): Promise<boolean> {
  const temporary = await realpath(await mkdtemp(join(tmpdir(), 'pertybot-verify-')));
  try {
    const { title, findings } = await interruptible((signal) => verify(options, temporary, signal));
    const ok = !findings.some(({ level }) => level === 'error');
    options.print(
      options.json
        ? JSON.stringify({ ok, plugin: title, findings }, undefined, 2)
        : formatFindings(findings, styleFor(process.stdout)),
    );
    return ok;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function verify(
  options: RunPluginsVerifyOptions,
  temporary: string,
  signal: AbortSignal,
): Promise<{ readonly title: string; readonly findings: readonly Finding[] }> {
  const { folder, startTimeout } = options;
  const workingFolder = process.cwd();
  const place = { folder, workingFolder, temporary };
  const { title, packageFolder, ...plugin } = await findTarget(options.plugin, place);
  const beside = await Promise.all(options.beside.map((what) => findTarget(what, place)));
  const { config } = options;
  const given =
    config === undefined
      ? {}
      : { config: await readConfig(config, workingFolder), written: undefined };
  const order = { plugin: { ...plugin, ...given }, beside, folder, temporary, startTimeout };
  options.tell(
    `Starting and stopping ${plugin.id}, on a board in memory and without Twitch. It may reach the network.`,
  );
  if (existsSync(join(folder, botFileName))) await makeStateFolder(folder, 'cache');
  const { findings, facts, note } = await tryPlugin(order, signal, options.tell);
  if (note) await writeNote(folder, plugin.id, note).catch(() => {});
  if (packageFolder === undefined) return { title, findings };
  const pack = await readPluginPackage(packageFolder, signal);
  const ofPackage = [...(await checkPackage(pack)), checkPublishedFiles(pack)];
  // A plugin that cannot be loaded says nothing that the field could be held against.
  const field = facts.provides === undefined ? [] : [checkFacts(pack.manifest.pertybot, facts)];
  return { title, findings: [...findings, ...ofPackage, ...field] };
}

/**
 * Reads what `--config` was given: a file, or the config itself, both in YAML.
 * @throws CliError CLI_CONFIG_INVALID
 */
async function readConfig(text: string, workingFolder: string): Promise<unknown> {
  const file = resolve(workingFolder, text);
  const isFile = !/[{\n]/.test(text) && existsSync(file);
  const yaml = isFile ? await readFile(file, 'utf8') : text;
  const config = parseYaml(yaml);
  if (typeof config === 'object' && config !== null && !Array.isArray(config)) return config;
  throw new CliError('CLI_CONFIG_INVALID', `"${text}" is neither a file nor a map of options.`, {
    hint: 'Write it like the config of an entry in plugins.yaml: --config "{ pin: GPIO17 }"',
  });
}

function parseYaml(text: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    throw new CliError(
      'CLI_CONFIG_INVALID',
      `The config is no YAML: ${messageOf(cause).split('\n')[0]}`,
      {
        hint: 'Write it like the config of an entry in plugins.yaml: --config "{ pin: GPIO17 }"',
        cause,
      },
    );
  }
}
