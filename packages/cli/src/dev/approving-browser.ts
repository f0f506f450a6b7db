import { type Browser, type Logger, messageOf } from '@pertybot/core';
import { ScriptedBrowser } from '@pertybot/twitch-simulator';

/** A browser without a window, which clicks through the login of the simulated Twitch. */
export class ApprovingBrowser implements Browser {
  constructor(private readonly logger: Logger) {}

  async open(url: string): Promise<boolean> {
    new ScriptedBrowser().visit(url).catch((error: unknown) => {
      this.logger.error(`The simulated login failed: ${messageOf(error)}`, { error });
    });
    return true;
  }
}
