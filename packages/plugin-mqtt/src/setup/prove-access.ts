import { type Finding, messageOf } from '@pertybot/core';
import { type BrokerLogin, BrokerProbe } from './broker-probe.js';
import type { BrokerUser } from './mosquitto-users.js';

/** A broker whose users are to be proved. */
export interface ProvedBroker {
  readonly url: string;
  readonly ca?: string | undefined;
  readonly host: BrokerUser;
  readonly nodes: readonly BrokerUser[];
}

const subject = 'broker';

/** A node that nobody has: what is written for it must not arrive either. */
const stranger = 'somebody-else';

/**
 * Logs in as everybody, and proves that a node writes its own topics alone, and that nobody gets in without a
 * password. Each node's last message is one of its own: what it was not allowed would have come before it.
 */
export async function proveAccess(broker: ProvedBroker): Promise<readonly Finding[]> {
  const { host, nodes } = broker;
  const to = (user?: BrokerUser): BrokerLogin => ({
    ...{ url: broker.url, ca: broker.ca },
    ...(user && { username: user.name, password: user.password }),
  });
  const session = await BrokerProbe.logIn(to(host));
  try {
    const findings: Finding[] = [
      { level: 'ok', subject, message: `"${host.name}" logs in, with MQTT 5.` },
      await proveRefused('Nobody gets in without a password.', to()),
      await proveRefused('Nobody gets in with a wrong password.', to({ ...host, password: 'x' })),
    ];
    for (const node of nodes) {
      const other = nodes.find(({ name }) => name !== node.name)?.name ?? stranger;
      findings.push(await proveNode(session, { login: to(node), node: node.name, other }));
    }
    return findings;
  } finally {
    await session.end();
  }
}

async function proveRefused(message: string, login: BrokerLogin): Promise<Finding> {
  try {
    await (await BrokerProbe.logIn(login)).end();
  } catch {
    return { level: 'ok', subject, message };
  }
  return { level: 'error', subject, message: `This is not true: ${message}` };
}

interface NodeProof {
  readonly login: BrokerLogin;
  readonly node: string;
  readonly other: string;
}

async function proveNode(host: BrokerProbe, { login, node, other }: NodeProof): Promise<Finding> {
  const text = `proof of ${node}`;
  const own = `pertybot/${node}/proof`;
  const foreign = [`pertybot/${other}/proof`, 'pertybot/estop', 'pertybot/proof'];
  try {
    const session = await BrokerProbe.logIn(login);
    try {
      const hearing = host.hear('pertybot/#', (all) => all.some(({ topic }) => topic === own));
      for (const topic of [...foreign, own]) await session.publish(topic, text);
      const heard = (await hearing).filter((each) => each.text === text);
      const wrong = heard.filter(({ topic }) => topic !== own).map(({ topic }) => topic);
      if (wrong.length > 0) {
        const message = `"${node}" can write ${wrong.join(', ')}, which is not its own.`;
        return { level: 'error', subject, message };
      }
      if (heard.length === 0) {
        return { level: 'error', subject, message: `What "${node}" writes does not arrive.` };
      }
    } finally {
      await session.end();
    }
  } catch (error) {
    const message = `"${node}" does not get in: ${messageOf(error)}`;
    return { level: 'error', subject, message };
  }
  const message = `"${node}" logs in, and writes its own topics alone.`;
  return { level: 'ok', subject, message };
}
