import { isPertyError, messageOf } from '@pertybot/core';
import type { AdditionOutcome, BotFileDesk, OwnerOutcome, PluginDesk } from '@pertybot/core/host';
import { plainStyle } from '../terminal/style.js';
import { toPlainText } from '../terminal/text.js';

/**
 * Adds plugins to a folder and takes them out, by the transaction of `pertybot plugins`. Its parts are loaded when
 * somebody asks: most bots are never changed while they run.
 */
export class FolderPluginDesk implements PluginDesk {
  constructor(
    private readonly folder: string,
    private readonly file: BotFileDesk,
  ) {}

  async add(plugin: string, agreed?: string): Promise<AdditionOutcome> {
    const { folder } = this;
    const told: string[] = [];
    let ask: string | undefined;
    try {
      const { addPlugins } = await import('../plugins/add-plugins.js');
      const { describePlugin } = await import('../plugins/describe-plugin.js');
      const { isOwnPackage } = await import('../plugins/plugin-request.js');
      const added = await addPlugins({
        ...{ folder, workingFolder: folder, plugins: [plugin], allowScripts: false },
        signal: new AbortController().signal,
        owner: {
          isInteractive: false,
          tell: (text) => void told.push(toPlainText(text)),
          confirmGuess: async () => false,
          confirmPlugin: async (found) => {
            if (isOwnPackage(found.packageName)) return true;
            // What is agreed to is what was shown: a package that is another one since is asked about anew.
            ask = describePlugin(found, {}, plainStyle);
            return ask === agreed;
          },
          // Ours, without which the plugin that was just asked for would wait.
          confirmProvider: async () => true,
        },
      });
      const names = added.map(({ use }) => use).join(' and ');
      return {
        done: true,
        text: [`Added ${names} to plugins.yaml.`, ...(await this.left())].join(' '),
      };
    } catch (error) {
      const isAsked = isPertyError(error) && error.code === 'CLI_PLUGIN_UNCONFIRMED';
      if (isAsked && ask !== undefined) {
        return { done: false, text: 'It is somebody else’s: look at it first.', ask };
      }
      return { done: false, text: sentenceOf(error) };
    }
  }

  async remove(plugin: string): Promise<OwnerOutcome> {
    try {
      const { removeWholly } = await import('../plugins/remove-plugin.js');
      const { signal } = new AbortController();
      const { folder } = this;
      return { done: true, text: await removeWholly(plugin, { folder, signal, tell: () => {} }) };
    } catch (error) {
      return { done: false, text: sentenceOf(error) };
    }
  }

  /** What its owner has to fill in before the plugin runs, such as a pin. */
  private async left(): Promise<readonly string[]> {
    const [first, ...others] = await this.file.check(await this.file.read());
    if (first === undefined) return [];
    const more = others.length > 0 ? ` There are ${others.length} more.` : '';
    return [`Before it runs, mend plugins.yaml. Line ${first.line}: ${first.message}.${more}`];
  }
}

function sentenceOf(error: unknown): string {
  const hint = isPertyError(error) ? error.hint : undefined;
  return [messageOf(error), hint].filter(Boolean).join(' ');
}
