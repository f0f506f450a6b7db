import { readdir } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { type BrokerUser, isNodeName, newPassword } from '@pertybot/plugin-mqtt';
import { parse } from 'yaml';
import { CliError } from '../terminal/cli-error.js';
import { passwordVariable, readPassword } from './setup-files.js';

/** What `pertybot mqtt setup` was told. */
export interface MqttSetupOptions {
  readonly folder: string;
  /** Nodes beside those of plugins.yaml. */
  readonly nodes: readonly string[];
  readonly listen: string;
  /** @default 1883, or 8883 with TLS */
  readonly port?: number | undefined;
  readonly tls: boolean;
  /** Names by which nodes reach the broker, for its certificate. */
  readonly names: readonly string[];
  readonly force: boolean;
  /** Whether a Mosquitto is run to prove it. */
  readonly check: boolean;
}

/** The folder of all of it, from the bot's, and those of its nodes. */
export const setupFolder = 'mosquitto';
const nodesFolder = `${setupFolder}/nodes`;

/** The bot's own user at the broker: no node may be called so. */
const hostUser = 'pertybot';

/** Who may log in to the broker. */
export interface SetupUsers {
  readonly host: BrokerUser;
  readonly nodes: readonly BrokerUser[];
}

/** Where a node's own file is. */
export function nodeFile(node: string): string {
  return `${nodesFolder}/${node}.env`;
}

/**
 * The host, and the nodes of plugins.yaml, of a setup before this one, and those that were named; with the
 * passwords that they have, or new ones.
 * @param botFile text of plugins.yaml
 * @throws CliError CLI_NODE_INVALID
 */
export async function findUsers(
  { folder, nodes }: MqttSetupOptions,
  botFile: string,
): Promise<SetupUsers> {
  const known = await readdir(join(folder, nodesFolder)).catch((): string[] => []);
  const before = known.flatMap((name) => (name.endsWith('.env') ? [name.slice(0, -4)] : []));
  const names = [...new Set([...nodesIn(botFile), ...before, ...nodes])];
  if (names.length === 0) {
    throw new CliError('CLI_NODE_INVALID', 'No node is named, so that nobody needs a broker.', {
      hint: 'Name each machine that has gadgets: pertybot mqtt setup --node garage',
    });
  }
  for (const name of names) requireNode(name);
  return {
    host: { name: hostUser, password: (await passwordIn(folder, '.env')) ?? newPassword() },
    nodes: await Promise.all(
      names.map(async (name) => {
        const password = (await passwordIn(folder, nodeFile(name))) ?? newPassword();
        return { name, password };
      }),
    ),
  };
}

/** @throws CliError CLI_ADDRESS_INVALID when it is no address of a machine */
export function requireAddress({ listen, names }: MqttSetupOptions): void {
  const wrong = isIP(listen) === 0 ? listen : names.find((name) => !/^[a-z0-9.:-]+$/i.test(name));
  if (wrong === undefined) return;
  throw new CliError('CLI_ADDRESS_INVALID', `"${wrong}" is no address of a machine.`, {
    hint: 'Write an address such as 192.168.1.20, or 0.0.0.0 for every network; a name goes behind --name.',
  });
}

async function passwordIn(folder: string, path: string): Promise<string | undefined> {
  const found = await readPassword(folder, path);
  return found === undefined ? undefined : requirePassword(found, path);
}

/** A line end or NUL would make another line of the broker's file, or end it. */
function requirePassword(password: string, path: string): string {
  if (!/\p{Cc}/u.test(password)) return password;
  const message = `The ${passwordVariable} in "${path}" has characters that no password may have.`;
  throw new CliError('CLI_NODE_INVALID', message, { hint: `Remove that line of "${path}".` });
}

function requireNode(name: string): void {
  if (isNodeName(name) && name !== hostUser) return;
  throw new CliError('CLI_NODE_INVALID', `"${name}" is no name for a node.`, {
    hint: `Use up to 25 small letters, digits, "-" and "_", and not "${hostUser}" or "estop".`,
  });
}

/** The nodes that plugins.yaml names, if it can be read: whether it is right, others tell. */
function nodesIn(botFile: string): readonly string[] {
  try {
    const { plugins } = parse(botFile) as { plugins?: unknown };
    const entries: readonly unknown[] = Array.isArray(plugins) ? plugins : [];
    return entries.flatMap((entry) => Object.keys(at(at(entry, 'config'), 'nodes') ?? {}));
  } catch {
    return [];
  }
}

function at(value: unknown, key: string): object | undefined {
  const found = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return typeof found === 'object' && found !== null ? found : undefined;
}
