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

/** Short names of the plugins that belong to PertyBot, with the services that each provides. */
const provided: Readonly<Record<string, readonly string[]>> = {
  oauth: ['AccessTokens'],
  irc: ['Chat'],
  gpio: ['Gpio', 'Gadgets'],
  texts: [],
  eventsub: ['TwitchApi', 'ChannelRewards'],
  dashboard: ['Pages'],
  mqtt: ['RemoteNodes'],
};

/** Short names of the plugins that belong to PertyBot. */
export const firstPartyPlugins: readonly string[] = Object.keys(provided);

/** The plugin of ours that provides a service, by the service's name, such as `Gpio`. */
export function firstPartyProvider(service: string): string | undefined {
  return firstPartyPlugins.find((name) => provided[name]?.includes(service));
}
