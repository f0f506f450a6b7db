import { errorCodeOf, isPertyError, messageOf, resolvePlugin } from '@pertybot/core';
import { besidePertybot } from '../bot-folder/bot-folder.js';
import type { Inspection } from './inspected-plugin.js';
import { readManifest } from './package-manifest.js';

/**
 * What a plugin's package.json says of it, without running any of its code: for one that is disabled, and for one
 * that its owner has not said yes to.
 */
export async function describeUnloaded(use: string, folder: string): Promise<Inspection> {
  try {
    const found = await resolvePlugin(use, { folder, resolveFrom: besidePertybot });
    if (found.kind === 'local') return { ok: true, name: use, ...nothingKnown };
    const { packageName, version, folder: packageFolder } = found;
    const manifest = readManifest(packageFolder);
    const { needs = [], provides = [], scopes = [] } = manifest?.pertybot ?? {};
    return {
      ok: true,
      name: packageName,
      about: manifest?.description,
      packageName,
      version,
      packageFolder,
      needs,
      provides,
      scopes,
      options: [],
    };
  } catch (error) {
    const hint = isPertyError(error) ? error.hint : undefined;
    return { ok: false, code: errorCodeOf(error), message: messageOf(error), hint };
  }
}

const nothingKnown = { needs: [], provides: [], scopes: [], options: [] };
