import { chmod } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { type Logger, messageOf, v } from '@pertybot/core';
import { type ControlAddress, makeControlAddress } from './control-address.js';
import { ControlConversation, type ConversationLimits } from './control-conversation.js';
import { type ControlRequest, controlRequestSchema } from './control-protocol.js';

/** Commands that may ask at the same time: a person has a handful of terminals. */
const mostClients = 50;

/** Answers a request; what it throws goes back as a sentence. */
export type ControlHandler = (request: ControlRequest) => Promise<unknown>;

/** Lets commands in other terminals talk to the running bot, through a socket of its owner's alone. */
export class ControlServer {
  private readonly conversations = new Set<ControlConversation>();

  private constructor(
    private readonly server: Server,
    private readonly address: ControlAddress,
    private readonly handle: ControlHandler,
  ) {}

  /** Starts listening for a bot's state folder; whoever calls it holds the bot's lock. */
  static async start(
    stateFolder: string,
    logger: Logger,
    handle: ControlHandler,
    limits?: ConversationLimits,
  ): Promise<ControlServer> {
    const address = await makeControlAddress(stateFolder);
    const server = createServer();
    server.maxConnections = mostClients;
    const control = new ControlServer(server, address, handle);
    server.on('connection', (socket) => {
      const conversation = new ControlConversation(socket, (line) => control.answer(line), limits);
      control.conversations.add(conversation);
      socket.on('close', () => control.conversations.delete(conversation));
    });
    await listen(server, address.path);
    server.on('error', (error) => logger.error('The control socket failed.', { error }));
    if (process.platform !== 'win32') await chmod(address.path, 0o600);
    server.unref();
    return control;
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    for (const conversation of this.conversations) conversation.end();
    await closed;
    await this.address.remove();
  }

  private async answer(line: string): Promise<{ answer: unknown } | { error: string }> {
    try {
      return { answer: await this.handle(v.parse(controlRequestSchema, JSON.parse(line))) };
    } catch (error) {
      return { error: messageOf(error) };
    }
  }
}

/** Listens with a socket that is nobody else's from its first moment; the socket is made within the call. */
async function listen(server: Server, path: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const before = process.umask(0o177);
    try {
      server.once('error', reject);
      server.listen(path, () => {
        server.off('error', reject);
        resolve();
      });
    } finally {
      process.umask(before);
    }
  });
}
