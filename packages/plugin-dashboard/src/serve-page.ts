import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { hostname } from 'node:os';
import { errorCodeOf, type Inbox, type Logger, messageOf } from '@pertybot/core';
import { type OwnerControl } from '@pertybot/core/host';
import { type DashboardConfig, usualPort } from './dashboard-config.js';
import { DashboardError } from './dashboard-error.js';
import { createAppLoader } from './load-app.js';
import { PageDesk } from './server/page-desk.js';
import {
  createPlainServer,
  PageServer,
  type PageServerOptions,
  serverOptions,
} from './server/page-server.js';

/** How {@link servePage} serves. */
export interface ServePageOptions {
  readonly config: DashboardConfig;
  readonly control: OwnerControl;
  readonly logger: Logger;
  readonly stateFolder: string;
  /** Milliseconds since 1970. @default the machine's clock */
  readonly now?: () => number;
  /** Monotonic milliseconds. @default the machine's clock */
  readonly monotonic?: () => number;
  /** Runs what answers requests. @default as it is */
  readonly run?: (work: () => Promise<void>) => void;
  readonly isBrought?: Inbox['isBrought'];
  /** Loads what answers requests. @default by import */
  readonly loadApp?: PageServerOptions['loadApp'];
}

/** A page that is served. */
export interface ServedPage {
  readonly desk: PageDesk;
  readonly address: string;
  stop(): Promise<void>;
}

/** Ports after the usual one that are tried where it is taken; then any. */
const otherPorts = 9;

/**
 * Serves the page.
 * @throws DashboardError PAGE_PORT_TAKEN, PAGE_CERTIFICATE_UNREADABLE
 */
export async function servePage(options: ServePageOptions): Promise<ServedPage> {
  const { config, control, logger, stateFolder } = options;
  const secure = config.cert !== undefined && config.key !== undefined;
  const server = await listen(await createServer(config), config);
  const at = server.address();
  const port = typeof at === 'object' && at ? at.port : usualPort;
  const address = `${secure ? 'https' : 'http'}://${nameOf(config)}:${port}/`;
  const { now = Date.now, monotonic = () => performance.now(), isBrought } = options;
  const desk = await PageDesk.open({ control, stateFolder, now, monotonic, isBrought }, address);
  const run = options.run ?? ((work: () => Promise<void>) => void work());
  const hosts = [...config.names, ...ownNames(config)];
  const { loadApp = createAppLoader() } = options;
  const page = new PageServer(server, { desk, logger, hosts, secure, loadApp, run });
  // A bot that is asked to end does not wait for who looks at it.
  server.unref();
  return { desk, address, stop: () => page.stop() };
}

async function createServer({ cert, key }: DashboardConfig): Promise<Server> {
  if (cert === undefined || key === undefined) return createPlainServer();
  try {
    const { createServer: createSecureServer } = await import('node:https');
    const pair = { cert: await readFile(cert), key: await readFile(key) };
    return createSecureServer({ ...serverOptions, ...pair });
  } catch (cause) {
    throw new DashboardError(
      'PAGE_CERTIFICATE_UNREADABLE',
      `The certificate of the page cannot be used: ${messageOf(cause)}`,
      { hint: 'Check cert: and key: of the dashboard in plugins.yaml.', cause },
    );
  }
}

async function listen(server: Server, { host, port }: DashboardConfig): Promise<Server> {
  const usual = Array.from({ length: 1 + otherPorts }, (_, index) => usualPort + index);
  for (const each of port === undefined ? [...usual, 0] : [port]) {
    if (await tryPort(server, each, host)) return server;
  }
  throw new DashboardError('PAGE_PORT_TAKEN', `Another program has the port ${port} of the page.`, {
    hint: 'Give the dashboard another one in plugins.yaml, such as "port: 8080".',
  });
}

/** @returns whether it listens; false where another program does */
function tryPort(server: Server, port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      if (errorCodeOf(error) === 'EADDRINUSE') resolve(false);
      else reject(error);
    };
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      resolve(true);
    });
  });
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

function nameOf({ host, names }: DashboardConfig): string {
  const [own] = names;
  return isLoopback(host) ? 'localhost' : (own ?? `${hostname()}.local`);
}

/** In the network the machine is called by its name. */
function ownNames({ host }: DashboardConfig): readonly string[] {
  return isLoopback(host) ? [] : [hostname(), `${hostname()}.local`];
}
