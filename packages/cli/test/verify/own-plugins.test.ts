import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { FolderPluginLoader, firstPartyPlugins, serviceName } from '@pertybot/core/host';
import { readPluginFacts } from '../../src/plugins/package-manifest.js';
import { checkFacts, checkPackage } from '../../src/verify/package-checks.js';
import { readPluginPackage } from '../../src/verify/plugin-package.js';
import { repository } from '../support/run-pertybot.js';

it.each(firstPartyPlugins)('finds no fault with the package of %s', async (name) => {
  const folder = join(repository, 'packages', `plugin-${name}`);
  const pack = await readPluginPackage(folder, new AbortController().signal);
  const findings = await checkPackage(pack);
  expect(findings.filter(({ level }) => level !== 'ok')).toEqual([]);
  const { plugin } = await new FolderPluginLoader({ folder: repository }).load(name);
  const found = {
    provides: (plugin.provides ?? []).map(serviceName),
    needs: Object.values(plugin.needs ?? {}).map(serviceName),
  };
  const { pertybot } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  expect(readPluginFacts(pertybot)?.commands).toBeDefined();
  expect(checkFacts(pertybot, found)).toMatchObject({ level: 'ok' });
});
