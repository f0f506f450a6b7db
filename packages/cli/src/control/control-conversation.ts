import type { Socket } from 'node:net';

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
export class ControlConversation {
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
