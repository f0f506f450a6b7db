/** Where the broker listens, and what it reads. */
export interface MosquittoConfigOptions {
  /** Address of the listener, such as `127.0.0.1`, or `0.0.0.0` for every network of the machine. */
  readonly listen: string;
  readonly port: number;
  /** Files of the certificates: then `port` speaks TLS alone. */
  readonly tls?: TlsFiles | undefined;
  /** Port on the loopback without TLS, for a bot on the same machine. */
  readonly loopbackPort?: number | undefined;
  readonly passwordFile: string;
  readonly aclFile: string;
  /** Where it keeps what is retained; absent where another file of the configuration says so. */
  readonly dataFolder?: string | undefined;
  /** As whom it runs when root starts it. @default Debian's `mosquitto` */
  readonly user?: string | undefined;
}

/** Files of the broker's certificates. */
export interface TlsFiles {
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
}

/** More than any message of a node; a larger one is not taken. */
const largestMessage = 65_536;

/**
 * A configuration of Mosquitto: whoever has no password gets nothing, and a user what the ACL says.
 * @see https://mosquitto.org/man/mosquitto-conf-5.html
 */
export function mosquittoConfig(options: MosquittoConfigOptions): string {
  const { listen, port, tls, loopbackPort, passwordFile, aclFile, dataFolder, user } = options;
  return [
    '# Written by pertybot mqtt setup, which writes it anew with --force.',
    ...(user === undefined ? [] : [`user ${user}`]),
    '',
    '# Nobody without a password, and each user what the ACL grants.',
    'allow_anonymous false',
    `password_file ${passwordFile}`,
    `acl_file ${aclFile}`,
    '',
    '# What is retained, as an emergency stop, outlives a restart of the broker.',
    ...(dataFolder === undefined
      ? ["# Debian's mosquitto.conf says where."]
      : ['persistence true', `persistence_location ${dataFolder}/`]),
    'autosave_interval 60',
    '',
    '# Nothing waits for whoever is away: a wish that comes late is worse than none.',
    'persistent_client_expiration 1h',
    'queue_qos0_messages false',
    `message_size_limit ${largestMessage}`,
    '',
    ...(loopbackPort === undefined ? [] : [`listener ${loopbackPort} 127.0.0.1`, '']),
    `listener ${port} ${listen}`,
    ...(tls === undefined
      ? []
      : [
          `cafile ${tls.ca}`,
          `certfile ${tls.certificate}`,
          `keyfile ${tls.key}`,
          'tls_version tlsv1.2',
        ]),
    '',
  ].join('\n');
}
