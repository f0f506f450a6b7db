import { toPlainText } from '../terminal/plain-text.js';
import type { Style } from '../terminal/style.js';
import type { InspectedPlugin } from './inspected-plugin.js';
import { authorOf, installScriptsOf, readManifest } from './package-manifest.js';
import type { Publication } from './publication.js';

/** How a plugin came. */
export interface PluginOrigin {
  readonly publication?: Publication | undefined;
  /** Whether its install scripts were allowed to run. @default false */
  readonly scriptsRun?: boolean;
}

/** What its owner should know of a plugin before it is added. */
export function describePlugin(
  plugin: InspectedPlugin,
  { publication, scriptsRun = false }: PluginOrigin,
  style: Style,
): string {
  const folder = plugin.packageFolder;
  const manifest = folder === undefined ? undefined : readManifest(folder);
  const scripts = manifest && installScriptsOf(manifest);
  const title = [plugin.packageName ?? plugin.name, plugin.version].filter(Boolean).join(' ');
  const rows: (readonly [string, string | undefined])[] = [
    ['about', plugin.about],
    ['by', manifest && authorOf(manifest)],
    [
      'published',
      [publication?.on, publication?.by && `by ${publication.by}`].filter(Boolean).join(' '),
    ],
    ['needs', plugin.needs.join(', ')],
    ['provides', plugin.provides.join(', ')],
    ['Twitch scopes', plugin.scopes.join(', ')],
    ['install scripts', scripts && describeScripts(scripts, scriptsRun)],
  ];
  const known = rows.filter(([, value]) => value !== undefined && value !== '');
  const width = Math.max(0, ...known.map(([name]) => name.length));
  return [
    style.bold(toPlainText(title)),
    ...known.map(([name, value]) => `  ${name.padEnd(width)}  ${toPlainText(value ?? '')}`),
    style.yellow('  It runs with all the rights of the bot.'),
  ].join('\n');
}

function describeScripts(scripts: readonly string[], run: boolean): string {
  if (scripts.length === 0) return 'none';
  return `${scripts.join(', ')} (${run ? 'allowed to run' : 'not run'})`;
}
