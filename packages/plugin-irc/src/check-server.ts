import { connect } from 'node:net';
import type { Finding } from '@pertybot/core';
import type { IrcConfig } from './irc-config.js';

/** How long the chat server may take to accept a connection, milliseconds. */
const patience = 3_000;

/** The part of `pertybot doctor` that belongs to chat: whether its server can be reached. */
export async function checkServer(
  config: Pick<IrcConfig, 'server' | 'port'>,
): Promise<readonly Finding[]> {
  return [await checkReach(config)];
}

function checkReach({ server, port }: Pick<IrcConfig, 'server' | 'port'>): Promise<Finding> {
  const subject = 'chat server';
  const place = `"${server}:${port}"`;
  const hint = `Check the network of this machine, and that no firewall stops port ${port}.`;
  return new Promise((resolve) => {
    const socket = connect({ host: server, port, timeout: patience });
    const finish = (finding: Finding) => {
      socket.destroy();
      resolve(finding);
    };
    socket.on('connect', () => finish({ level: 'ok', subject, message: `${place} answers.` }));
    socket.on('timeout', () => {
      const message = `${place} does not answer within ${patience / 1_000} s.`;
      finish({ level: 'error', subject, message, hint });
    });
    socket.on('error', (error) => {
      const message = `${place} cannot be reached: ${error.message}.`;
      finish({ level: 'error', subject, message, hint });
    });
  });
}
