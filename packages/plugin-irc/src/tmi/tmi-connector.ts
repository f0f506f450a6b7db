import { type AccessToken, Clock, inject, injectable, Logger } from '@pertybot/core';
import { ChatTally } from '../incoming/chat-tally.js';
import { IrcConfig } from '../irc-config.js';
import type { ChatConnection, ConnectionListener } from './chat-connection.js';
import { TmiConnection } from './tmi-connection.js';

/** Opens connections to the chat server of the configuration. */
@injectable()
export class TmiConnector {
  constructor(
    @inject(IrcConfig) private readonly config: IrcConfig,
    @inject(ChatTally) private readonly tally: ChatTally,
    @inject(Clock) private readonly clock: Clock,
    @inject(Logger) private readonly log: Logger,
  ) {}

  /** Begins to connect and to log in. */
  connect(token: AccessToken, listener: ConnectionListener): ChatConnection {
    const { config, clock, log, tally } = this;
    const broken = () => {
      tally.malformedLines++;
    };
    return new TmiConnection({ config, token, listener, broken, clock, log });
  }
}
