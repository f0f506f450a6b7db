import { isIP } from 'node:net';
import type { BrokerUser } from '@pertybot/plugin-mqtt';
import { passwordVariable } from './setup-files.js';
import { type MqttSetupOptions, nodeFile, setupFolder } from './setup-plan.js';

/** What its owner does next. */
export interface NextSteps {
  /** Runs the broker by hand. */
  readonly byHand: string;
  /** Makes it part of Debian's service, in this order. */
  readonly asService: readonly string[];
  /** For the bot's plugins.yaml. */
  readonly host: string;
  /** For each node: its entry in plugins.yaml, and what is copied to it. */
  readonly nodes: readonly NodeSteps[];
  readonly warnings: readonly string[];
}

interface NodeSteps {
  readonly node: string;
  readonly entry: string;
  /** Files for the node's folder; the first one becomes its `.env`, or is added to it. */
  readonly copy: readonly string[];
}

/** What is to be run, copied and written where. */
export function describeNextSteps(
  { folder, listen, port, tls, names }: MqttSetupOptions,
  { host, nodes }: { readonly host: BrokerUser; readonly nodes: readonly BrokerUser[] },
  systemFolder: string,
): NextSteps {
  const certificates = tls ? ['ca.crt', 'broker.crt', 'broker.key'] : [];
  const files = ['passwords', 'acl', ...certificates].map((name) => `${setupFolder}/${name}`);
  const isLocal = listen.startsWith('127.') || listen === '::1';
  const isEvery = listen === '0.0.0.0' || listen === '::';
  const reached = names[0] ?? (isEvery ? 'ADDRESS-OF-THIS-MACHINE' : listen);
  // The colons of such an address would be taken for that of the port.
  const at = isIP(reached) === 6 ? `[${reached}]` : reached;
  const url = `${tls ? 'mqtts' : 'mqtt'}://${at}:${port ?? (tls ? 8883 : 1883)}`;
  const own = tls || isEvery ? `mqtt://127.0.0.1:${tls ? 1883 : (port ?? 1883)}` : url;
  return {
    byHand: `mosquitto -c ${quote(`${folder}/${setupFolder}/mosquitto.conf`)}`,
    asService: [
      `sudo install -d -o mosquitto -g mosquitto -m 700 ${systemFolder}`,
      `sudo install -o mosquitto -g mosquitto -m 600 ${files.join(' ')} ${systemFolder}`,
      `sudo install -m 644 ${setupFolder}/system.conf /etc/mosquitto/conf.d/pertybot.conf`,
      'sudo systemctl restart mosquitto',
    ],
    host: entryOf([
      `broker: ${own}`,
      ...loginOf(host.name),
      'nodes:',
      ...nodes.map(({ name }) => `  ${name}: {}`),
    ]),
    nodes: nodes.map(({ name }) => ({
      node: name,
      entry: entryOf([
        `broker: ${url}`,
        ...loginOf(name),
        ...(tls ? ['ca: ca.crt'] : []),
        `node: ${name}`,
      ]),
      copy: [nodeFile(name), ...(tls ? [`${setupFolder}/ca.crt`] : [])],
    })),
    warnings: [
      ...(isLocal
        ? [
            'The broker listens on this machine alone. For nodes on other machines: --listen 0.0.0.0 --tls',
          ]
        : []),
      ...(!isLocal && !tls
        ? ['Whoever is in the network can read the passwords. With --tls nobody can.']
        : []),
    ],
  };
}

function loginOf(user: string): readonly string[] {
  return [`user: ${user}`, `password: \${${passwordVariable}}`];
}

function entryOf(lines: readonly string[]): string {
  return ['- use: mqtt', '  config:', ...lines.map((line) => `    ${line}`)].join('\n');
}

function quote(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
