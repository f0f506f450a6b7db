/** Short names of the plugins that belong to PertyBot, with the services that each provides. */
const provided: Readonly<Record<string, readonly string[]>> = {
  oauth: ['AccessTokens'],
  irc: ['Chat'],
  gpio: ['Gpio', 'Gadgets'],
  texts: [],
};

/** Short names of the plugins that belong to PertyBot. */
export const firstPartyPlugins: readonly string[] = Object.keys(provided);

/** The plugin of ours that provides a service, by the service's name, such as `Gpio`. */
export function firstPartyProvider(service: string): string | undefined {
  return firstPartyPlugins.find((name) => provided[name]?.includes(service));
}
