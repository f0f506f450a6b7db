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
 * @throws RangeError for a path, a user or an address that would be a line of its own
 */
export function mosquittoConfig(options: MosquittoConfigOptions): string {
  const { listen, port, tls, loopbackPort, passwordFile, aclFile, dataFolder, user } = options;
  return [
    '# Written by pertybot mqtt setup, which writes it anew with --force.',
    ...(user === undefined ? [] : [`user ${requireLine(user)}`]),
    '',
    '# Nobody without a password, and each user what the ACL grants.',
    'allow_anonymous false',
    `password_file ${requireLine(passwordFile)}`,
    `acl_file ${requireLine(aclFile)}`,
    '',
    '# What is retained, as an emergency stop, outlives a restart of the broker.',
    ...(dataFolder === undefined
      ? ["# Debian's mosquitto.conf says where."]
      : ['persistence true', `persistence_location ${requireLine(dataFolder)}/`]),
    'autosave_interval 60',
    '',
    '# Nothing waits for whoever is away: a wish that comes late is worse than none.',
    'persistent_client_expiration 1h',
    'queue_qos0_messages false',
    'set_tcp_nodelay true',
    `message_size_limit ${largestMessage}`,
    '',
    ...(loopbackPort === undefined ? [] : [`listener ${loopbackPort} 127.0.0.1`, '']),
    `listener ${port} ${requireLine(listen)}`,
    ...(tls === undefined
      ? []
      : [
          `cafile ${requireLine(tls.ca)}`,
          `certfile ${requireLine(tls.certificate)}`,
          `keyfile ${requireLine(tls.key)}`,
          'tls_version tlsv1.2',
        ]),
    '',
  ].join('\n');
}

/**
 * Refuses a name or a path that would be more than a part of one line in a file of Mosquitto.
 * @param besides characters that mean something else there
 * @throws RangeError for one that is empty, begins or ends with a space, or has another line in it
 */
export function requireLine(text: string, besides = ''): string {
  const isLine = text !== '' && text === text.trim() && !/\p{Cc}|\p{Zl}|\p{Zp}/u.test(text);
  if (isLine && ![...besides].some((character) => text.includes(character))) return text;
  throw new RangeError(`${JSON.stringify(text)} cannot be written into a file of Mosquitto.`);
}
