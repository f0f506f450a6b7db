import type { Server } from 'node:http';
import { SimulatorError } from './simulator-error.js';

/**
 * Makes `server` listen.
 * @returns the port, which the system chose if 0 was asked for
 * @throws SimulatorError `SIMULATOR_LISTEN_FAILED` when the port is taken or not allowed
 */
export async function listen(server: Server, host: string, port: number): Promise<number> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, () => {
        server.off('error', reject);
        resolve();
      });
    });
  } catch (cause) {
    throw new SimulatorError(
      'SIMULATOR_LISTEN_FAILED',
      `The simulated Twitch cannot listen on "${host}:${port}".`,
      { hint: 'Give another port, or 0 for any free one.', cause },
    );
  }
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

/** Closes `server` and every connection it has, busy or idle. */
export async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}

/** `host` as it stands in a URL: an IPv6 address in brackets. */
export function toUrlHost(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
