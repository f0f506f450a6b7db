import type { RequestedScope } from '../contracts/access-tokens.js';
import type { BotEvents } from '../contracts/events.js';
import type { HostedPlugin } from './hosted-plugin.js';

/** What plugins do while they run. */
export interface RunningPlugins {
  /** Events to which a plugin listens now. @default to none */
  readonly heardBy?: (plugin: string) => readonly string[];
  /** Whether a plugin that runs has rewards of its own. @default no */
  readonly sells?: (plugin: string) => boolean;
}

type Wish = keyof BotEvents | 'rewards';

/**
 * The scopes of broadcasters that bring plugins what they listen to or sell, by what the bringers say: known before
 * anything runs, as far as plugins.yaml tells it.
 * @param others what is wanted besides: where that has a scope which will do as well, no other is asked for
 */
export function foreseenScopes(
  plugins: readonly HostedPlugin[],
  others: readonly RequestedScope[],
  running: RunningPlugins,
): readonly RequestedScope[] {
  const bringers = plugins.filter(({ plugin }) => plugin.scopesFor !== undefined);
  if (bringers.length === 0) return [];
  const asked = plugins.flatMap((each) =>
    wishesOf(each, running).flatMap((wish) =>
      bringers.flatMap(({ plugin }) => {
        const scopes = pure(() => plugin.scopesFor?.(wish));
        return scopes.length > 0 ? [{ scopes, plugins: [each.id] }] : [];
      }),
    ),
  );
  const sure = new Set([
    ...others.flatMap(({ account, scope }) => (account === 'broadcaster' ? [scope] : [])),
    ...asked.flatMap(({ scopes }) => (scopes.length === 1 ? scopes : [])),
  ]);
  return asked.flatMap(({ scopes, plugins: ids }) => {
    const scope = scopes.find((each) => sure.has(each)) ?? scopes[0];
    return scope === undefined ? [] : [{ scope, account: 'broadcaster' as const, plugins: ids }];
  });
}

function wishesOf(
  { id, plugin, config, rewards }: HostedPlugin,
  { heardBy, sells }: RunningPlugins,
): readonly Wish[] {
  // A config that lacks a variable may be none.
  const declared = config === undefined ? [] : pure(() => plugin.hears?.(config));
  // The hub knows no other names.
  const heard = (heardBy?.(id) ?? []) as readonly (keyof BotEvents)[];
  const written = Object.values(rewards ?? {}).some(({ enabled = true }) => enabled);
  const isSeller = written || sells?.(id) === true;
  return [...new Set<Wish>([...declared, ...heard, ...(isSeller ? ['rewards' as const] : [])])];
}

/** What a plugin says of itself; nothing where it fails to, for its start will say what is wrong. */
export function pure<Item>(say: () => readonly Item[] | undefined): readonly Item[] {
  try {
    const said = say();
    return Array.isArray(said) ? said : [];
  } catch {
    return [];
  }
}
