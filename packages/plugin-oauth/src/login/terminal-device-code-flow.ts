import { Clock, formatDuration, inject, injectable, Logger, Prompt, sleep } from '@pertybot/core';
import { describeAccount, expectedLogin } from '../token/account.js';
import { OAuthConfig } from '../twitch/oauth-config.js';
import { isTransient, OAuthError } from '../twitch/oauth-error.js';
import type { DeviceCode, TokenAnswer } from '../twitch/twitch-id-answers.js';
import { type DevicePoll, TwitchIdClient } from '../twitch/twitch-id-client.js';
import { toPlainText } from '../twitch/twitch-refusal.js';
import type { DeviceCodeFlow, LoginFlowRequest, LoginFlowResult } from './login.js';

/** Milliseconds that are added to the interval of polls when Twitch asks to slow down (RFC 8628, 3.5). */
const slowDown = 5_000;

/** Shows code, link and QR code at the terminal, and polls until the owner has typed the code. */
@injectable()
export class TerminalDeviceCodeFlow implements DeviceCodeFlow {
  constructor(
    private readonly client: TwitchIdClient,
    @inject(OAuthConfig) private readonly config: OAuthConfig,
    @inject(Prompt) private readonly prompt: Prompt,
    @inject(Clock) private readonly clock: Clock,
    @inject(Logger) private readonly log: Logger,
  ) {}

  async run(request: LoginFlowRequest): Promise<LoginFlowResult> {
    const scopes = request.scopes.map(({ scope }) => scope);
    for (;;) {
      const code = await this.client.requestDeviceCode(scopes, request.signal);
      this.prompt.show(await this.describe(code, request));
      const answer = await this.poll(code, scopes, request.signal);
      try {
        const token = await request.accept({
          clientId: this.config.clientId,
          accessToken: answer.accessToken,
          refreshToken: answer.refreshToken,
          scopes: answer.scopes ?? scopes,
        });
        return { status: 'accepted', token };
      } catch (error) {
        if (!(error instanceof OAuthError) || error.code !== 'OAUTH_WRONG_ACCOUNT') throw error;
        const { code: fault, hint, message } = error;
        // Whoever holds the phone may not sit at this terminal.
        this.log.warn(message, { code: fault, hint });
        this.prompt.show([message, hint].filter(Boolean).join(' '));
      }
    }
  }

  private async poll(
    code: DeviceCode,
    scopes: readonly string[],
    signal: AbortSignal,
  ): Promise<TokenAnswer> {
    const deadline = this.clock.now() + code.expiresIn;
    let interval = Math.max(code.interval, 1_000);
    while (this.clock.now() + interval < deadline) {
      await sleep(this.clock, interval, signal);
      const poll = await this.pollOnce(code, scopes, signal);
      if (poll.status === 'granted') return poll.answer;
      if (poll.status === 'slow_down') interval += slowDown;
      if (poll.status === 'denied') {
        throw new OAuthError('OAUTH_CODE_INVALID', 'You said no at Twitch.', {
          hint: 'Log in once more.',
        });
      }
      if (poll.status === 'expired') break;
    }
    throw new OAuthError('OAUTH_LOGIN_TIMED_OUT', 'The code for the login has expired.', {
      hint: 'Run "pertybot login" for a new one.',
    });
  }

  /** A fault on the way tells nothing about the code: the next poll may get through. */
  private async pollOnce(
    code: DeviceCode,
    scopes: readonly string[],
    signal: AbortSignal,
  ): Promise<DevicePoll> {
    try {
      return await this.client.pollDeviceCode(code.deviceCode, scopes, signal);
    } catch (error) {
      if (isTransient(error)) return { status: 'pending' };
      throw error;
    }
  }

  private async describe(
    code: DeviceCode,
    { account, mayBeBoth }: LoginFlowRequest,
  ): Promise<string> {
    const uri = toPlainText(code.verificationUri);
    const who = describeAccount(account, expectedLogin(account, this.config));
    return [
      `Log in to Twitch as ${who}: open this page on any device, a phone for instance,`,
      '',
      `     ${uri}`,
      '',
      `and type the code   ${toPlainText(code.userCode)}   (good for ${formatDuration(code.expiresIn)})`,
      '',
      // The code does without a picture, and what could not be loaded once never can.
      await drawQrCode(uri).catch(() => ''),
      ...(mayBeBoth ? [bothInOne] : []),
    ].join('\n');
  }
}

const bothInOne =
  'If that is the account of the channel as well, this one login does. If not, the broadcaster logs in after it.';

async function drawQrCode(text: string): Promise<string> {
  // Loaded only for a login; it is CommonJS, so its functions are the default export.
  const { default: qrcode } = await import('qrcode-terminal');
  return new Promise((resolve) => qrcode.generate(text, { small: true }, resolve));
}
