import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium, openTab, phone } from '../../../plugin-oauth/test/browser/chromium.js';
import { DevBot } from './dev-bot.js';

const botFile = `# This comment stays <script>alert(1)</script>
plugins:
  - use: oauth
    config: { clientId: "\${TWITCH_CLIENT_ID}" }
  - use: irc
    config: { channels: [streamer] }
  - use: eventsub
  - use: gpio # and this one
    config:
      gadgets:
        lamp: { type: light, pin: GPIO17, maxOn: 10m }
    rewards:
      "Lamp <img src=x onerror=alert(1)>": { cost: 500, run: lamp on 10s }
  - use: ./moody.js
    config: { mood: good }
`;

/** A plugin that comes up in one mood alone. */
const moody = `import { definePlugin, v } from '@pertybot/core';
export default definePlugin({
  name: 'moody',
  config: v.object({ mood: v.picklist(['good', 'bad']) }),
  start({ log }, { mood }) {
    if (mood === 'bad') throw new Error('I stay in bed <b>today</b>.');
    log.info('I am up <img src=x onerror=alert(1)>.');
  },
});
`;

describe('the page of the owner', () => {
  let browser: Browser;
  let bot: DevBot;
  let page: Page;
  let complaints: readonly string[];
  let state: Awaited<ReturnType<BrowserContext['storageState']>>;
  let origin: string;

  beforeAll(async () => {
    browser = await launchChromium();
    bot = await DevBot.start({ 'plugins.yaml': botFile, 'moody.js': moody }, ['--verbose']);
    const tab = await openTab(browser);
    await tab.page.goto(bot.link ?? '');
    await tab.page.getByRole('article', { name: /^lamp/ }).waitFor();
    state = await tab.page.context().storageState();
    origin = new URL(tab.page.url()).origin;
    await tab.page.context().close();
  }, 90_000);
  afterAll(async () => {
    await bot.stop();
    await browser.close();
  });
  beforeEach(async () => {
    ({ page, complaints } = await openTab(browser, { storageState: state }));
    await page.goto(`${origin}/`);
    await page.locator('[data-gadget="lamp"]').waitFor();
  });
  afterEach(() => page.context().close());

  const goTo = (view: string) => page.getByRole('link', { name: view, exact: true }).click();
  const plugin = (id: string) =>
    page.locator('.plugin', { has: page.getByRole('heading', { name: new RegExp(`^${id} `) }) });

  /** Puts the cursor behind a text of the editor, as keys do. */
  async function goBehind(text: string): Promise<void> {
    const line = page.locator('.cm-line', { hasText: text });
    await line.click();
    await page.keyboard.press('Home');
    const whole = await line.innerText();
    const steps = whole.indexOf(text) + text.length - (whole.length - whole.trimStart().length);
    for (let count = 0; count < steps; count++) await page.keyboard.press('ArrowRight');
  }

  it('takes an edit over at once, and undoes one with which the bot does not come up, saying why', async () => {
    await goTo('plugins.yaml');
    await page.getByText('No fault was found.').waitFor();
    await goBehind('mood: good');
    for (let count = 0; count < 4; count++) await page.keyboard.press('Backspace');
    await page.keyboard.insertText('bad');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Undone, the bot runs on as before').waitFor();
    await page.getByText('I stay in bed <b>today</b>.').waitFor();
    expect(await bot.readFile()).toBe(botFile);
    await goTo('Plugins');
    await plugin('moody').getByText('running').waitFor();
    expect(complaints).toEqual([]);
  });

  it('completes what the plugin of the entry takes, from its own schema', async () => {
    await goTo('plugins.yaml');
    await page.getByText('No fault was found.').waitFor();
    await goBehind('type: light');
    await page.keyboard.type(', ma');
    const offered = page.locator('.cm-tooltip-autocomplete li', { hasText: 'maxTogglesPerSecond' });
    await offered.waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Undo all' }).click();
    await page.getByText('No fault was found.').waitFor();
    expect(complaints).toEqual([]);
  });

  it('adds a plugin, switches it off and on, restarts it, and takes it out', async () => {
    await goTo('Plugins');
    await page.getByRole('textbox', { name: 'plugin' }).fill('texts');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await plugin('texts').getByText('running').waitFor({ timeout: 60_000 });
    await page.getByText('Added texts to plugins.yaml.').waitFor();
    await page.getByRole('button', { name: 'Disable texts' }).click();
    await plugin('texts').getByText('disabled').waitFor();
    await page.getByRole('button', { name: 'Enable texts' }).click();
    await plugin('texts').getByText('running').waitFor();
    await page.getByRole('button', { name: 'Restart texts' }).click();
    await page.getByText('Restarted texts, and what needs it.').waitFor();
    await page.getByRole('button', { name: 'Remove texts …' }).click();
    await page.getByRole('button', { name: 'Yes, remove texts' }).click();
    await plugin('texts').waitFor({ state: 'detached', timeout: 60_000 });
    expect(await bot.readFile()).toContain('# This comment stays');
    expect(await bot.readFile()).not.toContain('texts');
    expect(complaints).toEqual([]);
  });

  it('shows the log, live, as text, by plugin and by level', async () => {
    await goTo('Plugins');
    await page.getByRole('button', { name: 'Restart moody' }).click();
    const log = page.getByRole('list', { name: 'Lines of the log' });
    await log.getByText('I am up <img src=x onerror=alert(1)>.').first().waitFor();
    await page.getByRole('combobox', { name: 'plugin' }).selectOption('moody');
    await page.getByLabel('from level').selectOption('error');
    await log.getByText('I am up').first().waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });

  it('gives points back when the gadget is stopped, and shows that', async () => {
    const lit = page.locator('[data-gadget="lamp"][data-on="true"]');
    const redeem = async (login: string) => {
      // A reward that was paused is offered again after a moment.
      while ((await lit.count()) === 0) {
        bot.say(`${login} redeems Lamp <img src=x onerror=alert(1)>`);
        await page.waitForTimeout(1_000);
      }
    };
    await redeem('carla');
    await page.getByRole('button', { name: 'EMERGENCY STOP' }).click();
    await page.getByText('Everything is stopped by the page').waitFor();
    await goTo('Chat');
    await page
      .getByText(/refunded/i)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Release …' }).click();
    await page.getByRole('button', { name: 'Yes, release' }).click();
    await page.getByText('Everything is stopped').waitFor({ state: 'detached' });
    await goTo('Board');
    await lit.waitFor({ state: 'detached' });
    await redeem('dave');
    expect(complaints).toEqual([]);
  });

  it('lets a phone in by a code that works once, as what it is to be', async () => {
    await goTo('Logins');
    await page.getByLabel('who may').selectOption('viewer');
    await page.getByRole('button', { name: 'Make a code' }).click();
    await page.getByRole('img', { name: 'QR code' }).waitFor();
    const link = await page.locator('.invitation code').innerText();
    const guest = await openTab(browser, phone);
    await guest.page.goto(link);
    await guest.page.locator('[data-gadget="lamp"]').waitFor();
    expect(await guest.page.getByRole('link', { name: 'plugins.yaml' }).count()).toBe(0);
    expect(await guest.page.getByRole('button', { name: 'EMERGENCY STOP' }).isDisabled()).toBe(
      true,
    );
    await guest.page.context().close();
    const second = await openTab(browser, phone);
    await second.page.goto(link);
    await second.page.getByText('That link is spent').waitFor();
    await second.page.context().close();
    expect(complaints).toEqual([]);
  });

  it('is right within moments when the tab has slept through more than is remembered', async () => {
    const session = await page.context().newCDPSession(page);
    await goTo('Chat');
    await session.send('Page.setWebLifecycleState', { state: 'frozen' });
    for (let count = 0; count < 700; count++) bot.say(`viewer${count % 9}: asleep ${count}`);
    bot.say('streamer: !lamp off');
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    await session.send('Page.setWebLifecycleState', { state: 'active' });
    await page.getByText('asleep 699').first().waitFor({ timeout: 60_000 });
    expect(await page.locator('.chat li').count()).toBeLessThanOrEqual(500);
    const numbers = await page.locator('.chat li').allInnerTexts();
    const asleep = numbers.flatMap((text) => /asleep (\d+)/.exec(text)?.[1] ?? []).map(Number);
    // Without a gap and without a line twice.
    expect(
      asleep.every((each, at) => at === 0 || Math.abs(each - (asleep[at - 1] ?? 0)) === 1),
    ).toBe(true);
    await goTo('Board');
    await page.locator('[data-gadget="lamp"][data-on="false"]').waitFor();
  });
});

describe('the page of a bot that waits for its login', () => {
  let browser: Browser;
  let bot: DevBot;

  beforeAll(async () => {
    browser = await launchChromium();
    bot = await DevBot.start({}, ['--manual-login']);
  }, 90_000);
  afterAll(async () => {
    await bot.stop();
    await browser.close();
  });

  it('has the editor and the stop, and logs the bot in by clicks', async () => {
    const { page, complaints } = await openTab(browser);
    await page.goto(bot.link ?? '');
    await page.getByRole('button', { name: 'EMERGENCY STOP' }).waitFor();
    await page.getByRole('link', { name: 'plugins.yaml', exact: true }).click();
    await page.getByText('No fault was found.').waitFor();
    await page.getByRole('link', { name: 'Logins', exact: true }).click();
    const opened = page.context().waitForEvent('page');
    await page.getByRole('button', { name: 'Log in the bot' }).click();
    const login = await opened;
    await login.locator('a.button').first().click();
    await login.getByRole('radio', { name: /pertybot/ }).check();
    await login.getByRole('button', { name: 'Approve' }).click();
    await login
      .getByText(/Logged in|logged in/)
      .first()
      .waitFor();
    await login.close();
    await page.bringToFront();
    await page.getByText('logged in', { exact: true }).waitFor({ timeout: 30_000 });
    await page.getByText('ready #streamer').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
