import { isNodeName } from '../protocol/names.js';
import { requireLine } from './mosquitto-config.js';

/** Whom the broker grants what. */
export interface AclOptions {
  /** The user of the bot that sits in chat. */
  readonly host: string;
  /** Names of the nodes, which are their users, too. */
  readonly nodes: readonly string[];
}

/**
 * An ACL file of Mosquitto: the host has all topics of PertyBot, a node its own alone.
 * @see https://mosquitto.org/man/mosquitto-conf-5.html
 * @throws RangeError for a name that would grant something else
 */
export function aclFile({ host, nodes }: AclOptions): string {
  return [
    '# Written by pertybot mqtt setup, which writes it anew with --force.',
    `user ${requireLine(host)}`,
    'topic readwrite pertybot/#',
    'topic read $SYS/broker/#',
    ...nodes.flatMap((node) => [
      '',
      `user ${node}`,
      `topic readwrite pertybot/${requireNode(node)}/#`,
    ]),
    '',
  ].join('\n');
}

/** A wildcard, or a level more, would be the topics of others. */
function requireNode(name: string): string {
  if (isNodeName(name)) return name;
  throw new RangeError(`${JSON.stringify(name)} is no name of a node.`);
}
