import type { CommandOptions } from '../contracts/command.js';
import {
  type CommandTrace,
  type DeclaredCommands,
  toCommandTrace,
} from '../contracts/declaration.js';
import type { Plugin } from '../contracts/plugin.js';
import type { HostedPlugin } from './hosted-plugin.js';

/**
 * The commands that a plugin says it will register; undefined where it says nothing of them.
 * @throws whatever the plugin throws
 */
export async function declaredCommands({
  plugin,
  config,
}: Pick<HostedPlugin, 'plugin' | 'config'>): Promise<readonly CommandTrace[] | undefined> {
  const { commands, start } = plugin;
  // Whoever starts nothing brings nothing.
  if (commands === undefined) return start === undefined ? [] : undefined;
  const declared = typeof commands === 'function' ? await commands(config) : commands;
  return Object.entries(declared).map(([signature, options]) => toCommandTrace(signature, options));
}

/** The options that a plugin declared for a signature, for a command that is registered without any. */
export function declaredOptions(
  { commands }: Plugin,
  config: unknown,
): (signature: string) => CommandOptions {
  let declared: DeclaredCommands | undefined;
  return (signature) => {
    declared ??= toDeclared(commands, config);
    return Object.hasOwn(declared, signature) ? (declared[signature] ?? {}) : {};
  };
}

/** What is told later comes too late for a command that is registered now. */
function toDeclared(commands: Plugin['commands'], config: unknown): DeclaredCommands {
  const declared = typeof commands === 'function' ? commands(config) : commands;
  return declared === undefined || declared instanceof Promise ? {} : declared;
}

/** What differs between what a plugin declares and what it registered, a sentence each. */
export function undeclared(
  declared: readonly CommandTrace[],
  registered: readonly CommandTrace[],
): readonly string[] {
  const find = (list: readonly CommandTrace[], signature: string) =>
    list.find((trace) => trace.signature === signature);
  const missing = declared.flatMap(({ signature }) =>
    find(registered, signature) ? [] : [`It declares "${signature}" and does not register it.`],
  );
  const others = registered.flatMap((trace) => {
    const { signature } = trace;
    const said = find(declared, signature);
    if (!said) return [`It registers "${signature}" and does not declare it.`];
    const wrong = differences(said, trace);
    return wrong.length === 0
      ? []
      : [`It declares another ${wrong.join(', ')} of "${signature}" than it registers.`];
  });
  return [...missing, ...others];
}

function differences(declared: CommandTrace, registered: CommandTrace): readonly string[] {
  const some = new Map(Object.entries(declared));
  const others = new Map(Object.entries(registered));
  return [...new Set([...some.keys(), ...others.keys()])].filter(
    (key) => JSON.stringify(some.get(key)) !== JSON.stringify(others.get(key)),
  );
}
