import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium, openTab, phone } from '../../../plugin-oauth/test/browser/chromium.js';
import { findOverflow } from '../../../plugin-oauth/test/browser/page-measures.js';
import { DevBot } from './dev-bot.js';
import { findViolations } from './find-violations.js';

describe('the page in a browser', () => {
  let browser: Browser;
  let bot: DevBot;
  let page: Page;
  let state: Awaited<ReturnType<BrowserContext['storageState']>>;
  let complaints: readonly string[];
  let origin: string;

  beforeAll(async () => {
    browser = await launchChromium();
    bot = await DevBot.start();
    const tab = await openTab(browser);
    await tab.page.goto(bot.link ?? '');
    await tab.page.getByRole('article', { name: /^lamp/ }).waitFor();
    state = await tab.page.context().storageState();
    origin = new URL(tab.page.url()).origin;
    await tab.page.context().close();
  }, 60_000);
  afterAll(async () => {
    await bot.stop();
    await browser.close();
  });

  beforeEach(async () => {
    ({ page, complaints } = await openTab(browser, { storageState: state }));
    await page.goto(`${origin}/`);
    await gadget('lamp').waitFor();
  });
  afterEach(async () => {
    bot.signal('SIGCONT');
    await page.context().close();
  });

  const gadget = (name: string) => page.locator(`[data-gadget="${name}"]`);
  const turns = (name: string, on: boolean) =>
    page.locator(`[data-gadget="${name}"][data-on="${on}"]`).waitFor();
  const goTo = (view: string) => page.getByRole('link', { name: view, exact: true }).click();
  const say = async (line: string) => {
    await page.getByLabel('Say in chat').fill(line);
    await page.getByRole('button', { name: 'Say', exact: true }).click();
  };

  it('has a lamp that lights when somebody says so, soon', async () => {
    const times: number[] = [];
    for (const on of [true, false, true, false, true, false]) {
      await turns('lamp', !on);
      await page.getByLabel('Say in chat').fill(`!lamp ${on ? 'on' : 'off'}`);
      times.push(await page.evaluate<number>(untilLamp(on)));
    }
    const median = times.sort((one, other) => one - other)[3] ?? 0;
    // Alone it takes some 40 ms.
    expect(median).toBeLessThan(1_000);
    expect(complaints).toEqual([]);
  });

  it('drives a gadget by its verbs', async () => {
    await gadget('lamp').getByRole('button', { name: 'lamp on' }).click();
    await turns('lamp', true);
    await gadget('lamp').getByText('off in 9 min').waitFor();
    await gadget('lamp').getByRole('button', { name: 'lamp off' }).click();
    await turns('lamp', false);
  });

  it('presses a button of the board, and the bot says its line', async () => {
    await gadget('bell').getByRole('button', { name: 'Press bell' }).click();
    await goTo('Chat');
    await page.getByText('Somebody is at the door!').first().waitFor();
  });

  it('shows a refusal at its gadget, in chat, and why', async () => {
    bot.say('carla: !horn on');
    await gadget('horn').getByText('!horn is for subscribers').waitFor();
    await goTo('Why');
    await page.getByLabel('refusals only').check();
    await page.getByText('refused: role').first().waitFor();
  });

  it('stops everything by one click, and asks before it releases', async () => {
    await say('!lamp on');
    await turns('lamp', true);
    await page.getByRole('button', { name: 'EMERGENCY STOP' }).click();
    await turns('lamp', false);
    await page.getByText('Everything is stopped by the page').waitFor();
    await page.getByRole('button', { name: 'Release …' }).click();
    await page.getByRole('button', { name: 'Yes, release' }).click();
    await page.getByText('Everything is stopped').waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });

  it('stops everything by Escape twice, and not by once', async () => {
    await page.keyboard.press('Escape');
    await page.waitForTimeout(700);
    expect(await page.getByText('Everything is stopped').count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.getByText('Everything is stopped').waitFor();
    await page.getByRole('button', { name: 'Release …' }).click();
    await page.getByRole('button', { name: 'Yes, release' }).click();
    await page.getByText('Everything is stopped').waitFor({ state: 'detached' });
  });

  it('says that it does not see a bot that hangs, that a stop is not confirmed, and is right again', async () => {
    bot.signal('SIGSTOP');
    await page.getByText('The bot is not seen').waitFor({ timeout: 10_000 });
    await page.getByRole('button', { name: 'EMERGENCY STOP' }).click();
    await page.getByText('not confirmed').waitFor({ timeout: 10_000 });
    await page.getByText('pertybot estop').waitFor();
    bot.signal('SIGCONT');
    await page.getByText('ready #streamer').waitFor({ timeout: 20_000 });
    await page.getByRole('button', { name: 'Release …' }).click();
    await page.getByRole('button', { name: 'Yes, release' }).click();
    await page.getByText('Everything is stopped').waitFor({ state: 'detached' });
  });

  it('shows what is wrong in plugins.yaml at its line, saves nothing of it, and saves what is right', async () => {
    const before = await bot.readFile();
    await goTo('plugins.yaml');
    await page.getByText('No fault was found.').waitFor();
    await typeAt('lamp: { type: light, pin: GPIO17', 'GPIO17', 'GPIO99');
    await page.getByRole('button', { name: 'line 11' }).waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Not saved. Line 11').waitFor();
    expect(await bot.readFile()).toBe(before);
    await typeAt('lamp: { type: light, pin: GPIO99', 'GPIO99', 'GPIO22');
    await page.getByText('No fault was found.').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved. The bot takes it').waitFor();
    expect(await bot.readFile()).toBe(before.replace('GPIO17', 'GPIO22'));
    await goTo('Board');
    await gadget('lamp').getByText('GPIO22').waitFor();
    expect(complaints).toEqual([]);
  });

  /** Replaces a word of the editor as one types: selects it by the keyboard. */
  async function typeAt(line: string, word: string, other: string): Promise<void> {
    const at = page.locator('.cm-line', { hasText: line });
    await at.click();
    await page.keyboard.press('Home');
    const text = await at.innerText();
    const indent = text.length - text.trimStart().length;
    for (let count = 0; count < text.indexOf(word) - indent; count++) {
      await page.keyboard.press('ArrowRight');
    }
    for (let count = 0; count < word.length; count++) await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.insertText(other);
    await page.keyboard.press('Escape');
  }

  it('shows as text whatever chat writes', async () => {
    const nasty = '<img src=x onerror=alert(1)><script>alert(2)</script>';
    await goTo('Chat');
    bot.say(`mallory: ${nasty}`);
    await page.getByText(nasty).first().waitFor();
    bot.say(`mallory cheers 100: ${nasty}`);
    await page.getByText(nasty).nth(1).waitFor();
    expect(await page.locator('main img, main script').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it.each(['Board', 'Chat', 'Why', 'Plugins', 'plugins.yaml', 'Numbers'])(
    'has no fault of accessibility in %s, by day and by night',
    async (view) => {
      await goTo(view);
      await page.getByRole('heading', { level: 2 }).first().waitFor();
      if (view === 'plugins.yaml') await page.getByText('No fault was found.').waitFor();
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await findViolations(page)).toEqual([]);
      }
    },
  );

  it.each([360, 390, 1_920])('is no wider than a window of %d pixels', async (width) => {
    await page.setViewportSize({ width, height: 800 });
    for (const view of ['Board', 'Chat', 'Why', 'Plugins', 'Numbers']) {
      await goTo(view);
      await page.getByRole('heading', { level: 2 }).first().waitFor();
      expect(await findOverflow(page)).toBeLessThanOrEqual(0);
    }
  });

  it('is driven by touch on a phone', async () => {
    const touched = await openTab(browser, { ...phone, storageState: state });
    await touched.page.goto(`${origin}/`);
    await touched.page.getByRole('button', { name: 'lamp on' }).tap();
    await touched.page.locator('[data-gadget="lamp"][data-on="true"]').waitFor();
    await touched.page.getByRole('button', { name: 'lamp off' }).tap();
    await touched.page.locator('[data-gadget="lamp"][data-on="false"]').waitFor();
    expect(touched.complaints).toEqual([]);
    await touched.page.context().close();
  });

  it('keeps few rows and stays quick while chat floods', async () => {
    await goTo('Chat');
    for (let count = 0; count < 600; count++) bot.say(`viewer${count % 9}: line ${count}`);
    await page.getByText('line 599').waitFor({ timeout: 60_000 });
    expect(await page.locator('.chat li').count()).toBeLessThanOrEqual(500);
    expect(complaints).toEqual([]);
  });

  it('has an overlay that needs no login, and no other view of the bot for it', async () => {
    const { overlay } = await page.evaluate<{ overlay: string }>(
      `fetch('/api/keys').then((answer) => answer.json())`,
    );
    const obs = await openTab(browser);
    await obs.page.goto(overlay);
    await say('!lamp on');
    await obs.page.locator('[data-gadget="lamp"]').waitFor();
    await obs.page.getByText('streamer: lamp').waitFor();
    expect(obs.complaints).toEqual([]);
    await obs.page.goto(`${origin}/`);
    await obs.page.getByLabel('Password of this page').waitFor();
    await obs.page.context().close();
    await say('!lamp off');
  });

  it('lets nobody in by a link that is spent', async () => {
    const tab = await openTab(browser);
    await tab.page.goto(bot.link ?? '');
    await tab.page.getByText('That link is spent').waitFor();
    await tab.page.context().close();
  });
});

/** Says what stands in the line, and measures in the page how long it takes until the lamp has followed. */
function untilLamp(on: boolean): string {
  return `new Promise((resolve) => {
    const began = performance.now();
    const look = () =>
      document.querySelector('[data-gadget="lamp"][data-on="${on}"]')
        ? resolve(performance.now() - began)
        : requestAnimationFrame(look);
    document.querySelector('.speak').requestSubmit();
    look();
  })`;
}
