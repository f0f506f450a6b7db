import { toPlainText } from '../terminal/plain-text.js';
import { installScriptsOf, type PackageManifest } from './package-manifest.js';

/** What is new in a version of a package, a line each. */
export function describeUpdate(
  { name, from, to }: { readonly name: string; readonly from: string; readonly to: string },
  before: PackageManifest | undefined,
  after: PackageManifest | undefined,
): string {
  const news = (title: string, list: (manifest: PackageManifest) => readonly string[]) => {
    const old = before === undefined ? [] : list(before);
    const added = (after === undefined ? [] : list(after)).filter((each) => !old.includes(each));
    return added.length === 0 ? [] : [`  new ${title}: ${toPlainText(added.join(', '))}`];
  };
  return [
    toPlainText(`${name} ${from} → ${to}`),
    ...news('install scripts (not run)', installScriptsOf),
    ...news('Twitch scopes', ({ pertybot }) => pertybot?.scopes ?? []),
    ...news('needs', ({ pertybot }) => pertybot?.needs ?? []),
    ...news('dependencies', ({ dependencies }) => Object.keys(dependencies)),
  ].join('\n');
}
