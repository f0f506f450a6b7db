import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AccessTokens } from '@pertybot/core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { BotAtLogin } from './bot-at-login.js';
import { launchChromium, openTab, phone, type Tab } from './chromium.js';
import { findFaintText, findOverflow, readHistory } from './page-measures.js';

describe('the login page in Chromium', () => {
  let browser: Browser;
  let bot: BotAtLogin;
  let tab: Tab;
  let page: Page;

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    bot = await BotAtLogin.start({ account: 'pertybot' });
    await open();
  });
  afterEach(async () => {
    await page.context().close();
    await bot.stop();
  });

  async function open(options?: BrowserContextOptions) {
    await page?.context().close();
    tab = await openTab(browser, options);
    page = tab.page;
    return page.goto(bot.address);
  }

  async function press(name: string) {
    await page.getByRole('link', { name }).click();
    await page.waitForURL(/\/oauth2\/authorize/);
  }

  async function answer(decision: 'Approve' | 'Deny', account?: string) {
    if (account !== undefined) await page.getByLabel(account).check();
    await page.getByRole('button', { name: decision }).click();
    await page.waitForURL(bot.address);
  }

  function problem() {
    return page.getByRole('alert').innerText();
  }

  function title() {
    return page.getByRole('heading', { level: 1 }).innerText();
  }

  it('says which account, which scopes, and which plugin wants each', async () => {
    expect(await title()).toBe('Log in to Twitch');
    expect(await page.getByText('Log in as').innerText()).toContain('pertybot, your bot’s account');
    const rows = await page.getByRole('row').allInnerTexts();
    expect(rows.map((row) => row.split(/[\t\n]+/).map((text) => text.trim()))).toEqual([
      ['Your bot may then', 'Wanted by'],
      expect.arrayContaining(['Read chat', 'chat:read', 'chatty, wheel-of-misfortune']),
      expect.arrayContaining(['Write in chat', 'chat:edit', 'chatty']),
      expect.arrayContaining(['See channel-point redemptions', 'wheel-of-misfortune']),
      expect.arrayContaining(['Delete messages', 'wheel-of-misfortune']),
    ]);
  });

  it('leads through Twitch, by the account that was chosen, to a page without the code', async () => {
    await press('Log in with Twitch');
    expect(await title()).toBe('The lamp bot wants to access your account');
    expect(await page.getByRole('listitem').count()).toBe(4);
    await answer('Approve', 'PertyBot');
    expect(await title()).toBe('You are logged in');
    expect(await page.locator('#done').innerText()).toContain('speaks as pertybot');
    expect(page.url()).toBe(bot.address);
    expect(await bot.settled()).toEqual({ name: 'running' });
    expect(await bot.bot.find(AccessTokens)?.get()).toMatchObject({ login: 'pertybot' });
    expect(tab.complaints).toEqual([]);
  });

  it('leaves no code in the history, and tells Twitch no address', async () => {
    const referers: (string | undefined)[] = [];
    page.on('request', (request) => referers.push(request.headers().referer));
    await press('Log in with Twitch');
    expect(referers).toEqual([undefined]);
    await answer('Approve', 'PertyBot');
    const history = await readHistory(page);
    expect(history).toContain(bot.address);
    expect(history.filter((url) => /[?&]code=/.test(url))).toEqual([]);
  });

  it('shows a denial, and lets one try again', async () => {
    await press('Log in with Twitch');
    await answer('Deny');
    expect(await problem()).toBe('You said no at Twitch.\nUse the button to try again.');
    await press('Try again');
    await answer('Approve', 'PertyBot');
    expect(await title()).toBe('You are logged in');
    expect(tab.complaints).toEqual([]);
  });

  it('says so when the account is another one, and lets one try again', async () => {
    await press('Log in with Twitch');
    await answer('Approve', 'Streamer');
    expect(await problem()).toContain(
      'You are logged in as "streamer", but the bot\'s account is "pertybot".',
    );
    await press('Try again');
    await answer('Approve', 'PertyBot');
    expect(await title()).toBe('You are logged in');
  });

  const nasty = `</p><script>alert(1)</script><img src=x onerror="alert(2)">`;

  it('shows HTML in an error of Twitch as text, and runs none of it', async () => {
    const link = await page.getByRole('link').getAttribute('href');
    const state = new URL(link ?? '').searchParams.get('state') ?? '';
    const query = new URLSearchParams({ error: 'odd', error_description: nasty, state });
    await page.goto(`${bot.address}?${query}`);
    expect(page.url()).toBe(bot.address);
    expect(await problem()).toContain(`Twitch says: odd ${nasty}`);
    expect(await page.locator('script, img').count()).toBe(0);
    expect(tab.complaints).toEqual([]);
  });

  it('shows a callback that nobody began as what it is, with the way back', async () => {
    const query = new URLSearchParams({ error: nasty, state: nasty });
    expect((await page.goto(`${bot.address}?${query}`))?.status()).toBe(400);
    // What a stranger wrote is not said at all.
    expect(await problem()).toContain('does not belong to a login that was started here');
    expect(await page.content()).not.toContain('alert(');
    expect(await page.locator('script, img').count()).toBe(0);
    // The status itself is all that the console may complain of.
    expect(tab.complaints).toEqual([expect.stringContaining('400')]);
    await page.getByRole('link', { name: 'Open the login page' }).click();
    await page.waitForURL(bot.address);
    expect(await title()).toBe('Log in to Twitch');
  });

  it('is sent with its policies, and looks as it should under them', async () => {
    const response = await page.reload();
    const policy = "default-src 'none'; style-src 'sha256-";
    expect(response?.headers()).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining(policy),
    });
    const corner = 'getComputedStyle(document.querySelector("main")).borderRadius';
    expect(await page.evaluate(corner)).toBe('16px');
    expect(tab.complaints).toEqual([]);
  });

  it.each([
    ['light', 'a desk', {}],
    ['dark', 'a desk', {}],
    ['light', 'a phone', phone],
    ['dark', 'a phone', phone],
  ] as const)('can be read, %s, on %s, from side to side', async (colorScheme, _name, device) => {
    await open({ ...device, colorScheme });
    await expectReadable(colorScheme);
    await press('Log in with Twitch');
    await expectReadable(colorScheme);
    await answer('Deny');
    await expectReadable(colorScheme);
    await page.goto(`${bot.address}?error=${'a_word_without_an_end_'.repeat(8)}`);
    await expectReadable(colorScheme);
    await page.goto(bot.address);
    await press('Try again');
    await answer('Approve', 'PertyBot');
    expect(await title()).toBe('You are logged in');
    await expectReadable(colorScheme);
  });

  async function expectReadable(colorScheme: 'light' | 'dark') {
    expect(await findOverflow(page)).toBeLessThanOrEqual(0);
    expect(await findFaintText(page)).toEqual([]);
    const background = await page.evaluate<string>(
      'getComputedStyle(document.body).backgroundColor',
    );
    const brightness = Math.max(...(background.match(/\d+/g) ?? []).map(Number));
    expect(brightness > 128 ? 'light' : 'dark').toBe(colorScheme);
  }
});
