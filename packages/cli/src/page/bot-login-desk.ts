import { AccessTokens, type Browser, messageOf, type Prompt } from '@pertybot/core';
import type { Bot, LoginDesk, LoginOutcome, LoginReport } from '@pertybot/core/host';
import type { LoginAccount } from '@pertybot/plugin-oauth';
import { plainStyle } from '../terminal/style.js';

/** How long a login that was begun at the page waits for its person, milliseconds. */
const patience = 600_000;

/** Rows of a terminal's QR code: the page draws its own. */
const drawnRow = /^[\s▀▄█]*[▀▄█][\s▀▄█]*$/;

/** The logins of a bot, as `pertybot login` and `pertybot status` have them, for whoever sits at the page. */
export class BotLoginDesk implements LoginDesk {
  private readonly running = new Map<string, AbortController>();

  /** @param bot the one whose accounts are meant; it need not run */
  constructor(private readonly bot: () => Promise<Pick<Bot, 'borrow'>>) {}

  async list(): Promise<readonly LoginReport[]> {
    const { Logins } = await import('@pertybot/plugin-oauth');
    const { formatLogin, reportsOf } = await import('../login/login-report.js');
    const logins = (await this.bot()).borrow(Logins, AccessTokens)?.service;
    if (logins === undefined) return [];
    return (await reportsOf(logins)).map((each) => {
      const { account, report } = each;
      const channel = 'channel' in account ? account.channel : undefined;
      const lacks = report.status === 'valid' && report.scopes.some(({ granted }) => !granted);
      return {
        account: account.account,
        ...(channel !== undefined && { channel }),
        well: report.status === 'valid' && !lacks,
        lines: formatLogin(each, plainStyle),
      };
    });
  }

  async begin(
    account: Pick<LoginReport, 'account' | 'channel'>,
    isHere: boolean,
  ): Promise<LoginOutcome> {
    const { Login } = await import('@pertybot/plugin-oauth');
    const whom: LoginAccount =
      account.account === 'bot'
        ? { account: 'bot' }
        : { account: 'broadcaster', channel: account.channel };
    const guide = new PageGuide();
    const login = (await this.bot()).borrow(Login, AccessTokens, guide)?.service;
    if (login === undefined) {
      return { done: false, text: 'The bot has no login that could be begun here.' };
    }
    const signal = this.signalFor(`${account.account} ${account.channel ?? ''}`);
    const ended = login
      .run({ account: whom, signal, timeout: patience, ...(!isHere && { method: 'device' }) })
      .then(
        () => ({ done: true, text: 'Logged in.' }),
        (error: unknown) => ({ done: false, text: messageOf(error) }),
      );
    return Promise.race([guide.first, ended]);
  }

  /** One login for an account: a new one ends the one before, whose page nobody looks at any more. */
  private signalFor(key: string): AbortSignal {
    this.running.get(key)?.abort();
    const controller = new AbortController();
    this.running.set(key, controller);
    return controller.signal;
  }
}

/** Takes what a login shows its owner to the page. */
class PageGuide {
  private lead: (outcome: LoginOutcome) => void = () => {};

  /** Where the login goes on. */
  readonly first = new Promise<LoginOutcome>((resolve) => {
    this.lead = resolve;
  });

  readonly browser: Browser = {
    open: async (address) => {
      this.lead({ done: true, text: 'The login page is open in another tab.', address });
      return true;
    },
  };

  readonly prompt: Prompt = {
    show: (shown) => {
      const rows = shown.split('\n').filter((row) => !drawnRow.test(row));
      const text = rows.join(' ').replace(/\s+/g, ' ').trim();
      const address = /https?:\/\/\S+/.exec(text)?.[0];
      this.lead({ done: true, text, ...(address !== undefined && { address }) });
    },
    ask: async () => undefined,
  };
}
