import { injectable } from '@pertybot/core';
import type { ChatConnection, Standing } from '../tmi/chat-connection.js';

/** The connection of the moment; whoever sends asks it anew each time. */
@injectable()
export class LiveConnection {
  private current: ChatConnection | undefined;

  /** Whether the bot is logged in. */
  get connected(): boolean {
    return this.current !== undefined;
  }

  use(connection: ChatConnection): void {
    this.current = connection;
  }

  drop(): void {
    this.current = undefined;
  }

  /** @returns whether the line was written */
  send(line: string): boolean {
    return this.current?.send(line) ?? false;
  }

  /** What the bot is in `channel`. */
  standingIn(channel: string): Standing {
    return this.current?.standingIn(channel) ?? 'viewer';
  }
}
