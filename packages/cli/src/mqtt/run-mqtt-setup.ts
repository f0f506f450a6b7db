import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from '@pertybot/core';
import { readBotFileText } from '@pertybot/core/host';
import {
  aclFile,
  type MosquittoConfigOptions,
  mosquittoConfig,
  passwordFile,
} from '@pertybot/plugin-mqtt';
import { formatFindings } from '../doctor/run-doctor.js';
import { styleFor } from '../terminal/style.js';
import { wrap } from '../terminal/text.js';
import { makeCertificates } from './make-certificates.js';
import { proveSetup } from './prove-setup.js';
import { describeNextSteps, type NextSteps } from './setup-advice.js';
import {
  addToEnv,
  passwordVariable,
  refuseExisting,
  type SetupFile,
  writeSetupFiles,
} from './setup-files.js';
import {
  findUsers,
  type MqttSetupOptions,
  nodeFile,
  requireAddress,
  type SetupUsers,
  setupFolder,
} from './setup-plan.js';

/** What came of `pertybot mqtt setup`. */
export interface MqttSetupReport extends NextSteps {
  /** Whether nothing that was checked is wrong. */
  readonly ok: boolean;
  /** What was written, from the bot's folder. */
  readonly files: readonly string[];
  readonly checks: readonly Finding[];
}

/** Where the files of a broker that systemd runs are. */
const systemFolder = '/etc/mosquitto/pertybot';

/**
 * Writes a configuration of Mosquitto for a bot and its nodes, and proves it with a real one.
 * @throws ConfigError without plugins.yaml, CliError CLI_NODE_INVALID, CLI_ADDRESS_INVALID, CLI_FILE_EXISTS,
 * CLI_OPENSSL_FAILED, CLI_FOLDER_LOCKED
 */
export async function runMqttSetup(options: MqttSetupOptions): Promise<MqttSetupReport> {
  const { folder, force } = options;
  requireAddress(options);
  const users = await findUsers(options, await readBotFileText(folder));
  const here = configFor(options, join(folder, setupFolder), {
    dataFolder: join(folder, setupFolder, 'data'),
    ...(process.getuid?.() === 0 && { user: 'root' }),
  });
  const files = filesOf(options, users, here);
  const names = [
    ...files.map(({ path }) => path),
    ...(options.tls ? [`${setupFolder}/ca.crt`] : []),
  ];
  if (!force) await refuseExisting(folder, names);
  const certificates = options.tls ? await certificatesFor(options) : [];
  const written = [...files, ...certificates];
  await writeSetupFiles(folder, written);
  await makeDataFolder(join(folder, setupFolder, 'data'));
  await addToEnv(folder, passwordVariable, users.host.password);
  const ca = options.tls ? await readFile(join(folder, setupFolder, 'ca.crt'), 'utf8') : undefined;
  const checks = options.check ? await proveSetup({ config: here, ca, ...users }) : [];
  return {
    ok: !checks.some(({ level }) => level === 'error'),
    files: [...written.map(({ path }) => path), '.env'],
    checks,
    ...describeNextSteps(options, users, systemFolder),
  };
}

/** Mosquitto makes none, and keeps nothing without it. */
async function makeDataFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
}

/** An authority that is there stays: nodes trust it. */
async function certificatesFor({ folder, names, listen }: MqttSetupOptions) {
  const has = await readFile(join(folder, setupFolder, 'broker.crt')).catch(() => undefined);
  const all = listen === '0.0.0.0' || listen === '::' ? names : [...names, listen];
  return has === undefined ? makeCertificates(all, setupFolder) : [];
}

function configFor(
  { listen, port, tls }: MqttSetupOptions,
  place: string,
  more: Partial<MosquittoConfigOptions> = {},
): MosquittoConfigOptions {
  const certificates = {
    ca: join(place, 'ca.crt'),
    certificate: join(place, 'broker.crt'),
    key: join(place, 'broker.key'),
  };
  return {
    listen,
    port: port ?? (tls ? 8883 : 1883),
    ...(tls && { tls: certificates, loopbackPort: 1883 }),
    passwordFile: join(place, 'passwords'),
    aclFile: join(place, 'acl'),
    ...more,
  };
}

function filesOf(
  options: MqttSetupOptions,
  { host, nodes }: SetupUsers,
  here: MosquittoConfigOptions,
): readonly SetupFile[] {
  const at = (name: string) => `${setupFolder}/${name}`;
  const names = nodes.map(({ name }) => name);
  const system = configFor(options, systemFolder);
  return [
    { path: at('mosquitto.conf'), text: mosquittoConfig(here), isSecret: false },
    { path: at('system.conf'), text: mosquittoConfig(system), isSecret: false },
    { path: at('passwords'), text: passwordFile([host, ...nodes]), isSecret: true },
    { path: at('acl'), text: aclFile({ host: host.name, nodes: names }), isSecret: true },
    { path: at('.gitignore'), text: '*\n', isSecret: false },
    ...nodes.map(({ name, password }) => ({
      path: nodeFile(name),
      text: `${passwordVariable}=${password}\n`,
      isSecret: true,
    })),
  ];
}

/** What was written and proved, and what to do with it, for people. */
export function formatMqttSetup(report: MqttSetupReport): string {
  const style = styleFor(process.stdout);
  const { columns } = process.stdout;
  const { files, checks, warnings, byHand, asService, host, nodes } = report;
  const indented = (text: string) => text.replaceAll(/^/gm, '  ');
  return [
    `${style.green('✓')} ${wrap(`Written: ${files.join(', ')}`, columns, 4)}`,
    ...(checks.length > 0 ? [formatFindings(checks, style, columns)] : []),
    ...warnings.map((text) => `${style.yellow('!')} ${wrap(text, columns, 2)}`),
    '',
    'Run it by hand:',
    indented(byHand),
    "or, by Debian's service:",
    ...asService.map(indented),
    '',
    'Into plugins.yaml here:',
    indented(host),
    ...nodes.flatMap(({ node, entry, copy }) => [
      '',
      `Into plugins.yaml of ${node}, whose .env is ${copy.join(', beside it ')}:`,
      indented(entry),
    ]),
  ].join('\n');
}
