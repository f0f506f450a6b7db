import { type Browser, type Logger, messageOf } from '@pertybot/core';
import { ScriptedBrowser } from '@pertybot/twitch-simulator';

/** A browser without a window, which clicks through the login of the simulated Twitch. */
export class ApprovingBrowser implements Browser {
  /** @param ending fires when the session ends; a login that is cut off by that is no fault */
  constructor(
    private readonly logger: Logger,
    private readonly ending: AbortSignal,
  ) {}

  async open(url: string): Promise<boolean> {
    new ScriptedBrowser().visit(url).catch((error: unknown) => {
      if (this.ending.aborted) return;
      this.logger.error(`The simulated login failed: ${messageOf(error)}`, { error });
    });
    return true;
  }
}
