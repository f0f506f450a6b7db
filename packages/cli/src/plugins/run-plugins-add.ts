import { Bot, ConfigError, silentLogger } from '@pertybot/core/host';
import { besidePertybot } from '../bot-folder/bot-folder.js';
import { interruptible } from '../bot-process/shutdown.js';
import { CliError } from '../terminal/cli-error.js';
import { styleFor } from '../terminal/style.js';
import { TerminalPrompt } from '../terminal/terminal-prompt.js';
import { type AddPluginsOwner, addPlugins } from './add-plugins.js';
import { describePlugin } from './describe-plugin.js';
import { publicationOf } from './npm.js';
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
    addPlugins({
      ...{ folder, workingFolder, plugins, id, allowScripts: options.allowScripts, signal },
      owner: createOwner({ ...options, prompt, tell, signal }),
    }),
  );
  for (const { use } of added)
    print(`${style.green('✓')} Added ${style.bold(use)} to plugins.yaml.`);
  const report = await fillInReport(folder);
  if (report !== undefined) print(`\nBefore the bot starts, mend this:\n\n${report}`);
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
): AddPluginsOwner {
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
    confirmProvider: async (service, use) =>
      yes || prompt.confirm(`It needs ${service}, which "${use}" provides. Add that, too?`, signal),
  };
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
