import { chmod } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { type Logger, messageOf, v } from '@pertybot/core';
import { type ControlAddress, makeControlAddress } from './control-address.js';
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

/** Longest request, bytes: far more than a chat line. */
const longestRequest = 10_000;

/** How long a client may take, milliseconds. */
export interface ConversationLimits {
  /** Until its request is there. */
  readonly request: number;
  /** Until it is answered and the answer has been taken. */
  readonly answer: number;
}

const defaultLimits: ConversationLimits = { request: 5_000, answer: 60_000 };

/**
 * A command that asks the bot: one line comes, one line goes. A client that goes, stalls or floods ends its own
 * conversation, and harms nobody else.
 */
class ControlConversation {
  private received: Buffer = Buffer.alloc(0);
  private timer: NodeJS.Timeout;
  private asked = false;

  constructor(
    private readonly socket: Socket,
    private readonly answer: (line: string) => Promise<unknown>,
    private readonly limits: ConversationLimits = defaultLimits,
  ) {
    this.timer = this.limit(limits.request);
    socket.on('error', () => this.end());
    socket.on('close', () => clearTimeout(this.timer));
    socket.on('data', (part) => this.hear(part));
  }

  /** Ends it, whatever it waits for. */
  end(): void {
    clearTimeout(this.timer);
    this.socket.destroy();
  }

  private hear(part: Buffer): void {
    if (this.asked) return;
    this.received = Buffer.concat([this.received, part]);
    const end = this.received.indexOf('\n');
    if ((end < 0 ? this.received.length : end) > longestRequest) this.end();
    else if (end >= 0) this.take(this.received.toString('utf8', 0, end));
  }

  private take(line: string): void {
    this.asked = true;
    clearTimeout(this.timer);
    this.timer = this.limit(this.limits.answer);
    this.received = Buffer.alloc(0);
    void this.reply(line);
  }

  private async reply(line: string): Promise<void> {
    const answer = await this.answer(line);
    // Whoever asked may have gone meanwhile.
    if (this.socket.writable) this.socket.end(`${JSON.stringify(answer)}\n`);
  }

  private limit(time: number): NodeJS.Timeout {
    return setTimeout(() => this.end(), time).unref();
  }
}
