import { chmod } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { type Logger, messageOf, v } from '@pertybot/core';
import { makeControlAddress, removeControlAddress } from './control-address.js';
import { type ControlRequest, controlRequestSchema } from './control-protocol.js';

/** Longest request, characters: far more than a chat line. */
const longestRequest = 10_000;

/** Answers a request; what it throws goes back as a sentence. */
export type ControlHandler = (request: ControlRequest) => Promise<unknown>;

/** Lets commands in other terminals talk to the running bot, through a socket of its owner's alone. */
export class ControlServer {
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly address: string,
    private readonly handle: ControlHandler,
  ) {
    server.on('connection', (socket) => this.serve(socket));
  }

  /** Starts listening for a bot's state folder; whoever calls it holds the bot's lock. */
  static async start(
    stateFolder: string,
    logger: Logger,
    handle: ControlHandler,
  ): Promise<ControlServer> {
    const address = await makeControlAddress(stateFolder);
    const server = createServer();
    const control = new ControlServer(server, address, handle);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(address, resolve);
    });
    server.on('error', (error) => logger.error('The control socket failed.', { error }));
    if (process.platform !== 'win32') await chmod(address, 0o600);
    server.unref();
    return control;
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    for (const socket of this.sockets) socket.destroy();
    await closed;
    await removeControlAddress(this.address);
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    let received = 0;
    socket.on('data', (part) => {
      received += part.length;
      if (received > longestRequest) socket.destroy();
    });
    createInterface({ input: socket }).once('line', (line) => {
      void this.answer(line).then((answer) => socket.end(`${JSON.stringify(answer)}\n`));
    });
  }

  private async answer(line: string): Promise<{ answer: unknown } | { error: string }> {
    try {
      return { answer: await this.handle(v.parse(controlRequestSchema, JSON.parse(line))) };
    } catch (error) {
      return { error: messageOf(error) };
    }
  }
}
