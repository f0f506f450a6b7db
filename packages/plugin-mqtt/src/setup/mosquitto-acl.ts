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
 */
export function aclFile({ host, nodes }: AclOptions): string {
  return [
    '# Written by pertybot mqtt setup, which writes it anew with --force.',
    `user ${host}`,
    'topic readwrite pertybot/#',
    'topic read $SYS/broker/#',
    ...nodes.flatMap((node) => ['', `user ${node}`, `topic readwrite pertybot/${node}/#`]),
    '',
  ].join('\n');
}
