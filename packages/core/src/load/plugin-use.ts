import path from 'node:path';

/** Whether `use:` names a file or folder of the bot rather than a package. */
export function isLocalUse(use: string): boolean {
  return /^\.{1,2}([/\\]|$)/.test(use) || path.isAbsolute(use);
}

/**
 * Names of the packages that `use:` may mean, the first installed one counts:
 * `oauth` is `@pertybot/plugin-oauth`, then `pertybot-plugin-oauth`.
 */
export function packageNames(use: string): readonly string[] {
  if (isLocalUse(use) || use.startsWith('@') || use.includes('/')) return [use];
  if (use.startsWith('pertybot-plugin-')) return [use];
  return [`@pertybot/plugin-${use}`, `pertybot-plugin-${use}`];
}

/** The id of a plugin whose entry gives none: `irc` for irc, `dice` for ./plugins/dice.ts. */
export function defaultId(use: string): string {
  const last =
    use
      .split(/[/\\]/)
      .filter((part) => part !== '' && part !== '.')
      .at(-1) ?? use;
  const id = last
    .replace(/\.[cm]?[jt]s$/, '')
    .replace(/^(pertybot-)?plugin-/, '')
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '');
  return id === '' ? 'plugin' : id;
}
