// The program of a process that lives for one plugin: it loads it, says what it is, and ends.
import { errorCodeOf, isPertyError, messageOf } from '@pertybot/core';
import { FolderPluginLoader, serviceName, toJsonSchema, toWantedScope } from '@pertybot/core/host';
import { besidePertybot } from '../bot-folder/bot-folder.js';
import { type Inspection, optionsOf } from './inspected-plugin.js';

const [use = '', folder = ''] = process.argv.slice(2);
process.send?.(await inspect(), () => process.exit());

async function inspect(): Promise<Inspection> {
  try {
    const loader = new FolderPluginLoader({ folder, resolveFrom: besidePertybot });
    const { plugin, resolved } = await loader.load(use);
    const json = plugin.config && (await toJsonSchema(plugin.config).catch(() => undefined));
    return {
      ok: true,
      name: plugin.name,
      about: plugin.about,
      ...(resolved.kind === 'package' && {
        packageName: resolved.packageName,
        version: resolved.version,
        packageFolder: resolved.folder,
      }),
      needs: Object.values(plugin.needs ?? {}).map(serviceName),
      provides: (plugin.provides ?? []).map(serviceName),
      scopes: (plugin.scopes ?? []).map((each) => toWantedScope(each).scope),
      options: [...optionsOf(json)],
    };
  } catch (error) {
    const hint = isPertyError(error) ? error.hint : undefined;
    return { ok: false, code: errorCodeOf(error), message: messageOf(error), hint };
  }
}
