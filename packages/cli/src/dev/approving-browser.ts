import { type Browser, type Logger, messageOf } from '@pertybot/core';
import { ScriptedBrowser, type TwitchSimulator } from '@pertybot/twitch-simulator';

/** The account that the login page asks for. */
const askedAccount = /<strong id="account">(\w+)<\/strong>/;

/**
 * A browser without a window, which clicks through the login of the simulated Twitch, as whomever the login page
 * asks for: the bot, or a broadcaster.
 */
export class ApprovingBrowser implements Browser {
  /** @param ending fires when the session ends; a login that is cut off by that is no fault */
  constructor(
    private readonly twitch: TwitchSimulator,
    private readonly logger: Logger,
    private readonly ending: AbortSignal,
  ) {}

  async open(url: string): Promise<boolean> {
    this.visit(url).catch((error: unknown) => {
      if (this.ending.aborted) return;
      this.logger.error(`The simulated login failed: ${messageOf(error)}`, { error });
    });
    return true;
  }

  private async visit(url: string): Promise<void> {
    const page = await (await fetch(url)).text();
    const login = askedAccount.exec(page)?.[1];
    if (login !== undefined) {
      this.twitch.id.addAccount({ login });
      this.twitch.id.approveAs(login);
    }
    await new ScriptedBrowser().visit(url);
  }
}
