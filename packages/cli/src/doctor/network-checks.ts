import { connect } from 'node:tls';
import { errorCodeOf, type Finding, messageOf } from '@pertybot/core';

/** Twitch's server for logins; the chat plugin looks after its own. */
const host = 'id.twitch.tv';

/** How long a server may take to answer, milliseconds. */
const patience = 5_000;

/** Whether Twitch can be reached, and shows a valid certificate. */
export function checkNetwork(): Promise<readonly Finding[]> {
  return new Promise((resolve) => {
    const socket = connect({ host, port: 443, servername: host });
    const end = (finding: Omit<Finding, 'subject'>) => {
      socket.destroy();
      resolve([{ subject: 'network', ...finding }]);
    };
    socket.setTimeout(patience, () => end(unreachable('it does not answer')));
    socket.once('secureConnect', () => end({ level: 'ok', message: `${host} answers.` }));
    socket.once('error', (error) => {
      const isCertificate = /CERT|SELF_SIGNED|ISSUER/.test(errorCodeOf(error) ?? '');
      end(isCertificate ? distrusted(error) : unreachable(messageOf(error)));
    });
  });
}

function unreachable(why: string): Omit<Finding, 'subject'> {
  const hint = process.env.HTTPS_PROXY
    ? 'Logins go through HTTPS_PROXY; chat needs a direct connection.'
    : 'Check the network, the name server and the firewall.';
  return { level: 'warning', message: `${host} cannot be reached: ${why}.`, hint };
}

function distrusted(error: Error): Omit<Finding, 'subject'> {
  return {
    level: 'error',
    message: `The certificate of ${host} is not trusted: ${messageOf(error)}.`,
    hint: 'Check the clock, and whether something between here and Twitch reads along.',
  };
}
