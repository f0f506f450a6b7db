import { isIP } from 'node:net';
import { errorCodeOf, type Finding, isPertyError, messageOf } from '@pertybot/core';
import { readCa } from '../client/read-ca.js';
import type { MqttConfig } from '../mqtt-config.js';
import { type BrokerLogin, BrokerProbe } from '../setup/broker-probe.js';
import { readPersistence } from './mosquitto-persistence.js';

const subject = 'broker';

/** Milliseconds in which a broker that tells its version has told it. */
const versionPatience = 1_000;

/** What {@link checkBroker} asks beside the broker; replaced in tests. */
export interface BrokerSurroundings {
  /** Whether the Mosquitto of this machine keeps what is retained; undefined where nothing says so. */
  readonly persistence: () => Promise<boolean | undefined>;
}

/** What is looked at. */
export interface CheckedBroker {
  readonly config: Pick<MqttConfig, 'broker' | 'user' | 'password' | 'ca'>;
  /** Folder of plugins.yaml. */
  readonly folder: string;
}

/** Looks at the broker: whether it is reached, what it speaks, whom it lets in, and what it keeps. */
export async function checkBroker(
  { config, folder }: CheckedBroker,
  surroundings: BrokerSurroundings = { persistence: readPersistence },
): Promise<readonly Finding[]> {
  const { broker, user, password } = config;
  let login: BrokerLogin = { url: broker, username: user, password };
  let probe: BrokerProbe;
  try {
    if (config.ca !== undefined) login = { ...login, ca: await readCa(folder, config.ca) };
    probe = await BrokerProbe.logIn(login);
  } catch (error) {
    return [explain(error, login)];
  }
  const isOwn = isLoopback(new URL(broker).hostname);
  try {
    const reached: Finding = {
      ...{ level: 'ok', subject },
      message: `${broker} is reached, with MQTT 5.`,
    };
    return [
      reached,
      ...(await checkVersion(probe)),
      ...(await checkStrangers(login, isOwn)),
      ...(isOwn ? await checkPersistence(surroundings) : []),
      ...(isOwn || broker.startsWith('mqtts:') ? [] : [openText]),
    ];
  } finally {
    await probe.end();
  }
}

const openText: Finding = {
  ...{ level: 'warning', subject },
  message: 'Whoever is in the network can read its password.',
  hint: 'Use mqtts://: pertybot mqtt setup --tls',
};

async function checkVersion(probe: BrokerProbe): Promise<readonly Finding[]> {
  const topic = '$SYS/broker/version';
  const heard = await probe.hear(topic, (all) => all.length > 0, versionPatience);
  const version = /^[\w .-]{1,60}$/.exec(heard[0]?.text ?? '')?.[0];
  if (version === undefined) {
    return [{ level: 'info', subject, message: 'It does not say which version it is.' }];
  }
  return [{ level: 'ok', subject, message: `It is ${version}.` }];
}

async function checkStrangers({ url, ca }: BrokerLogin, isOwn: boolean): Promise<Finding[]> {
  const isOpen = await BrokerProbe.logIn({ url, ca }).then(
    async (stranger) => {
      await stranger.end();
      return true;
    },
    () => false,
  );
  const hint = 'Give each machine a user: pertybot mqtt setup';
  if (!isOpen) return [{ level: 'ok', subject, message: 'Nobody gets in without a password.' }];
  const message = 'Anybody gets in without a password, and can switch gadgets.';
  return [{ level: isOwn ? 'info' : 'error', subject, message, hint }];
}

async function checkPersistence({ persistence }: BrokerSurroundings): Promise<Finding[]> {
  const keeps = await persistence();
  if (keeps === true) {
    return [{ level: 'ok', subject, message: 'It keeps what is retained over a restart.' }];
  }
  const message =
    keeps === undefined
      ? 'Nothing here says whether it keeps what is retained over a restart.'
      : 'It forgets an emergency stop when it is started anew; the bot repeats it.';
  const hint = 'Write "persistence true" into its configuration: pertybot mqtt setup';
  return [{ level: keeps === undefined ? 'info' : 'warning', subject, message, hint }];
}

/** Reason codes of a CONNACK. Source: MQTT 5, section 3.2.2.2, and MQTT 3.1.1, table 3.1. */
const wrongLogin = new Set(['134', '135', '4', '5']);
const wrongProtocol = new Set(['132', '1']);

function explain(error: unknown, { url, username }: BrokerLogin): Finding {
  const level = 'error';
  if (isPertyError(error)) {
    return { level, subject, message: error.message, ...(error.hint && { hint: error.hint }) };
  }
  const { code } = error as { readonly code?: unknown };
  if (wrongLogin.has(String(code))) {
    const who = username === undefined ? 'nobody without a user' : `not "${username}"`;
    const hint = 'Check user: and password:, or run: pertybot mqtt setup';
    return { level, subject, message: `${url} lets in ${who}.`, hint };
  }
  if (wrongProtocol.has(String(code))) {
    const hint = 'Use Mosquitto: sudo apt install mosquitto';
    return { level, subject, message: `${url} does not speak MQTT 5.`, hint };
  }
  const isRefused = errorCodeOf(error) === 'ECONNREFUSED';
  const message = isRefused
    ? `Nothing listens at ${url}.`
    : `${url} is not reached: ${messageOf(error).replace(/\.?$/, '.')}`;
  const hint = isLoopback(new URL(url).hostname)
    ? 'Start it: sudo systemctl start mosquitto. Where there is none: pertybot mqtt setup'
    : 'Check that the other machine runs, and that its broker listens beyond itself.';
  return { level, subject, message, hint };
}

function isLoopback(name: string): boolean {
  const address = name.replace(/^\[|\]$/g, '');
  if (isIP(address) === 0) return address === 'localhost';
  return address.startsWith('127.') || address === '::1';
}
