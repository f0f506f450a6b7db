import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  Bot,
  BotFileEditor,
  ConfigError,
  firstPartyProvider,
  readBotFileText,
  silentLogger,
} from '@pertybot/core/host';
import { besidePertybot } from '../bot-folder/bot-folder.js';
import { writeSchema } from '../bot-folder/write-schema.js';
import { interruptible } from '../bot-process/shutdown.js';
import { CliError } from '../terminal/cli-error.js';
import { styleFor } from '../terminal/style.js';
import { TerminalPrompt } from '../terminal/terminal-prompt.js';
import { type AddedPlugin, type AddPluginOwner, addPlugin } from './add-plugin.js';
import { describePlugin } from './describe-plugin.js';
import { inspectPlugin } from './inspect-plugin.js';
import { publicationOf } from './npm.js';
import { changePlugins } from './plugin-change.js';
import { isOwnPackage } from './plugin-request.js';

/** What `pertybot plugins add` was told. */
export interface RunPluginsAddOptions {
  readonly folder: string;
  /** Folder from which paths are meant. @default the process's */
  readonly workingFolder?: string;
  readonly plugins: readonly string[];
  readonly id: string | undefined;
  /** Adds without asking. */
  readonly yes: boolean;
  /** Whether packages may run their install scripts. */
  readonly allowScripts: boolean;
  print(text: string): void;
}

/** Adds plugins, all of them or none, and tells what is left to do. */
export async function runPluginsAdd(options: RunPluginsAddOptions): Promise<void> {
  const { folder, workingFolder = process.cwd(), plugins, id, print } = options;
  if (id !== undefined && plugins.length > 1) {
    throw new CliError('CLI_PLUGIN_UNKNOWN', `The id "${id}" cannot name several plugins.`, {
      hint: 'Add them one after the other.',
    });
  }
  const style = styleFor(process.stdout);
  const prompt = new TerminalPrompt();
  const tell = (text: string) => void process.stderr.write(`${text}\n`);
  const added = await interruptible((signal) =>
    changePlugins(
      { folder, command: 'pertybot plugins add', allowScripts: options.allowScripts, signal, tell },
      async (change) => {
        const owner = createOwner({ ...options, prompt, tell, signal });
        const common = { folder, workingFolder, owner, change, signal };
        const results: AddedPlugin[] = [];
        for (const plugin of plugins) results.push(await addPlugin(plugin, { ...common, id }));
        for (const { name, use } of await missingProviders(folder, results)) {
          const wanted = await confirmProvider(name, use, { prompt, yes: options.yes, signal });
          if (wanted) results.push(await addPlugin(use, common));
          else tell(`Nothing provides ${name} yet; run: pertybot plugins add ${use}`);
        }
        return results;
      },
    ),
  );
  for (const { use } of added)
    print(`${style.green('✓')} Added ${style.bold(use)} to plugins.yaml.`);
  await refreshSchema(folder);
  const report = await fillInReport(folder);
  if (report !== undefined) print(`\nBefore the bot starts, mend this:\n\n${report}`);
}

/** An editor that completes plugins.yaml should know the new plugin, if it is one that uses the schema. */
async function refreshSchema(folder: string): Promise<void> {
  const file = join(folder, '.pertybot', 'plugins.schema.json');
  if (existsSync(file)) await writeSchema(folder).catch(() => undefined);
}

interface Asking {
  readonly prompt: TerminalPrompt;
  readonly yes: boolean;
  readonly signal: AbortSignal;
}

function createOwner(
  asking: Asking & {
    readonly folder: string;
    readonly allowScripts: boolean;
    readonly tell: (text: string) => void;
  },
): AddPluginOwner {
  const { folder, prompt, yes, allowScripts, signal, tell } = asking;
  return {
    isInteractive: prompt.isInteractive,
    tell,
    confirmGuess: (name, guess) =>
      prompt.confirm(
        `"${name}" is not PertyBot's own. Do you mean the package "${guess}"?`,
        signal,
      ),
    confirmPlugin: async (plugin, isPublished) => {
      const { packageName, version } = plugin;
      const publication =
        isPublished && packageName !== undefined && version !== undefined
          ? await publicationOf(packageName, version, folder, signal)
          : undefined;
      tell(
        describePlugin(plugin, { publication, scriptsRun: allowScripts }, styleFor(process.stderr)),
      );
      if (yes || isOwnPackage(packageName)) return true;
      // Nobody who is not there says yes.
      return prompt.isInteractive && prompt.confirm('Add it?', signal);
    },
  };
}

async function confirmProvider(service: string, use: string, asking: Asking): Promise<boolean> {
  const { prompt, yes, signal } = asking;
  if (yes) return true;
  return prompt.confirm(`It needs ${service}, which "${use}" provides. Add that, too?`, signal);
}

/** A service that nothing in plugins.yaml provides, and the plugin of ours that does. */
interface MissingProvider {
  /** Of the service, such as `Gpio`. */
  readonly name: string;
  readonly use: string;
}

/** Services that added plugins need and that plugins of ours could provide, but none that is listed does. */
async function missingProviders(
  folder: string,
  added: readonly AddedPlugin[],
): Promise<readonly MissingProvider[]> {
  const wanted = [...new Set(added.flatMap(({ plugin }) => plugin.needs))];
  const candidates = wanted.flatMap((name) => {
    const use = firstPartyProvider(name);
    return use === undefined ? [] : [{ name, use }];
  });
  if (candidates.length === 0) return [];
  const { entries } = new BotFileEditor(await readBotFileText(folder));
  const inspections = await Promise.all(
    entries.filter(({ enabled }) => enabled).map(({ use }) => inspectPlugin(use, folder)),
  );
  const provided = new Set(inspections.flatMap((each) => (each.ok ? each.provides : [])));
  return candidates.filter(({ name }) => !provided.has(name));
}

/**
 * What plugins.yaml lacks before the bot can start, such as a pin that only its owner knows.
 * @returns undefined when nothing is missing
 */
async function fillInReport(folder: string): Promise<string | undefined> {
  try {
    await Bot.load({ folder, logger: silentLogger, resolveFrom: besidePertybot });
    return undefined;
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}
