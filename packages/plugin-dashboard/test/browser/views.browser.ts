import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium, openTab } from '../../../plugin-oauth/test/browser/chromium.js';
import { findOverflow } from '../../../plugin-oauth/test/browser/page-measures.js';
import { DevBot } from './dev-bot.js';
import { findViolations } from './find-violations.js';

const botFile = `prefix: "!"
plugins:
  - use: oauth
    config: { clientId: "\${TWITCH_CLIENT_ID}" }
  - use: irc
    config: { channels: [streamer] }
  - use: eventsub
  - use: gpio
    config:
      gadgets:
        lamp: { type: light, pin: GPIO17, maxOn: 10m, dimmable: true }
        mood: { type: rgb, red: GPIO5, green: GPIO6, blue: GPIO13 }
        horn: { type: buzzer, pin: GPIO27, maxOn: 2s }
        fan: { type: relay, pin: GPIO22, maxOn: 30s }
        flag: { type: servo, pin: GPIO18 }
        arm: { type: motor, forward: GPIO20, backward: GPIO21, maxOn: 9s }
        tree: { type: light, pin: GPIO16, crowd: vote(8s) }
        bell: { type: button, pin: GPIO23, say: "Somebody is at the door!" }
        temp: { type: thermometer, source: ds18b20 }
      on:
        raid: [lamp blink 2]
    commands:
      horn: { allow: subscriber }
    rewards:
      "Fan for five seconds": { cost: 800, run: fan on 5s }
`;

describe('the views in a browser', () => {
  let browser: Browser;
  let bot: DevBot;
  let page: Page;
  let state: Awaited<ReturnType<BrowserContext['storageState']>>;
  let complaints: readonly string[];
  let origin: string;

  beforeAll(async () => {
    browser = await launchChromium();
    bot = await DevBot.start(botFile);
    const tab = await openTab(browser);
    await tab.page.goto(bot.link ?? '');
    await tab.page.getByText('redeems Fan for five seconds').waitFor({ state: 'attached' });
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
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  const gadget = (name: string) => page.locator(`[data-gadget="${name}"]`);
  const goTo = (view: string) => page.getByRole('link', { name: view, exact: true }).click();
  const turns = (name: string, on: boolean) =>
    page.locator(`[data-gadget="${name}"][data-on="${on}"]`).waitFor();

  it('draws gadgets as what they are, and says who switched them on', async () => {
    bot.say('alice: !lamp on');
    await gadget('lamp').getByText('on by alice').waitFor();
    await gadget('lamp').locator('.ring-left').waitFor();
    bot.say('bob[vip]: !mood #00ff00');
    await expect(
      gadget('mood').locator('.picture [style*="--lamp: #00ff00"]').waitFor(),
    ).resolves.toBeUndefined();
    bot.say('!fan on');
    await gadget('fan').locator('path[d="M20 40 44 24"]').waitFor();
    bot.say('!flag 150');
    await gadget('flag').locator('.horn[style*="rotate(60deg)"]').waitFor();
    bot.say('!arm backward 2s');
    await gadget('arm').locator('.spin-back').waitFor();
    bot.say('!stop');
    for (const name of ['lamp', 'mood', 'fan', 'arm']) await turns(name, false);
  });

  it('lets a buzzer sound when asked, and not before', async () => {
    await page.evaluate(`
      window.tones = 0;
      AudioScheduledSourceNode.prototype.start = function () { window.tones += 1; };
    `);
    bot.say('dora[sub]: !horn on 1s');
    await turns('horn', true);
    expect(await page.evaluate('window.tones')).toBe(0);
    await turns('horn', false);
    await gadget('horn').getByRole('button', { name: 'Hear horn here' }).click();
    bot.say('dora[sub]: !horn on 1s');
    await turns('horn', true);
    await page.waitForFunction('window.tones === 1');
  });

  it('shakes at a refusal, and only shows it to whoever wants no motion', async () => {
    const shaken = () =>
      page.evaluate<number>(
        `document.querySelector('[data-gadget="horn"]').getAnimations().length`,
      );
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.evaluate(`
      window.shaken = 0;
      const animate = Element.prototype.animate;
      Element.prototype.animate = function (...args) { window.shaken += 1; return animate.apply(this, args); };
    `);
    bot.say('carla: !horn on');
    await gadget('horn').getByText('carla: !horn is for subscribers.').waitFor();
    expect(await page.evaluate('window.shaken')).toBe(0);
    expect(await shaken()).toBe(0);
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    bot.say('emil: !horn on');
    await gadget('horn').getByText('emil: !horn is for subscribers.').waitFor();
    await page.waitForFunction('window.shaken > 0');
  });

  it('prints the wiring sheet on one page, from the file', async () => {
    const sheet = page.getByRole('region', { name: 'Wiring sheet' });
    expect(await sheet.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Wiring sheet' }).click();
    await sheet
      .getByRole('img', { name: 'GPIO17, pin 11 to resistor 330 Ω to LED' })
      .first()
      .waitFor();
    expect(await sheet.getByRole('heading', { level: 3 }).allInnerTexts()).toEqual([
      'lamp light',
      'mood rgb',
      'horn buzzer',
      'fan relay',
      'flag servo',
      'arm motor',
      'tree light',
      'bell button',
      'temp thermometer',
    ]);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await findViolations(page)).toEqual([]);
    }
    await page.getByRole('button', { name: 'Wiring sheet' }).click();
    for (const format of ['A4', 'Letter'] as const) {
      const pdf = (await page.pdf({ format })).toString('latin1');
      expect(pdf.match(/\/Type\s*\/Page(?![a-z])/g)).toHaveLength(1);
    }
    await page.emulateMedia({ media: 'print' });
    expect(await sheet.isVisible()).toBe(true);
    expect(await gadget('lamp').isVisible()).toBe(false);
  });

  it('says in chat what happened in words, and what became of a redemption', async () => {
    await goTo('Chat');
    await page.getByText('let something happen').click();
    await page.getByLabel('as whom').fill('Zoe');
    await page.getByRole('button', { name: 'zoe raids 50', exact: true }).click();
    await page.getByText('raids with 50 viewers').first().waitFor();
    await page.getByText('sets off lamp blink 2').waitFor();
    await page.getByRole('button', { name: 'zoe redeems Fan for five seconds' }).click();
    const redeemed = page.locator('.line-event', { hasText: 'redeems Fan for five seconds' });
    await redeemed.getByText('fulfilled').waitFor();
    bot.say('!fan on 20s');
    await page.getByRole('button', { name: 'zoe redeems Fan for five seconds' }).click();
    await redeemed.getByText('refunded: fan is on already.').waitFor();
    bot.say('!stop');
    await page.getByLabel('role').selectOption('vip');
    await page.getByLabel('Say in chat').fill('hello there');
    await page.getByRole('button', { name: 'Say', exact: true }).click();
    const line = page.locator('.line-message', { hasText: 'hello there' });
    await line.getByRole('img', { name: 'VIP' }).waitFor();
    expect(await findViolations(page)).toEqual([]);
  });

  it('has a button for each event that the simulator can make', async () => {
    const { rehearsal = [] } = await page.evaluate<{ rehearsal?: string[] }>(
      `fetch('/api/me').then((answer) => answer.json())`,
    );
    await page.getByText('let something happen').click();
    const shown = await page.locator('.speak-events button').allInnerTexts();
    const wanted = rehearsal.map((each) => each.replace('REWARD', 'Fan for five seconds'));
    expect(wanted.length).toBeGreaterThan(20);
    expect(shown.toSorted()).toEqual(wanted.toSorted());
  });

  it('shows why: each station of a way, and where it ended', async () => {
    bot.say('walter: !horn beep');
    bot.say('xaver raids 50');
    bot.say('wanda[mod]: !lamp on 3s');
    await goTo('Why');
    await page.getByLabel('viewer').fill('@walter');
    const trail = page.locator('.trail');
    await trail.getByText('refused: role, !horn is for subscribers.').waitFor();
    expect(await trail.count()).toBe(1);
    await trail.getByText('cooldown, queue, guard, driver').waitFor();
    await page.getByLabel('viewer').fill('wanda');
    await trail.getByText('lamp on at GPIO17').waitFor();
    await trail.getByText('lamp is on').waitFor();
    expect(await trail.locator('.trail-stage').allInnerTexts()).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^heard \+/),
        expect.stringMatching(/^role \+/),
        expect.stringMatching(/^guard \+/),
        expect.stringMatching(/^driver \+/),
        expect.stringMatching(/^reply \+/),
      ]),
    );
    await page.getByLabel('refusals only').check();
    await page.getByText('Nothing of that kind.').waitFor();
    await page.getByLabel('refusals only').uncheck();
    await page.getByLabel('viewer').fill('');
    await page.getByLabel('command or event').fill('raid');
    await page.getByText('raids with 50 viewers').first().waitFor();
    expect(await findViolations(page)).toEqual([]);
  });

  it('plots the last hour, of which the bot knows also what happened while nobody looked', async () => {
    bot.say('!lamp on 2s');
    await turns('lamp', true);
    await goTo('Numbers');
    await page.getByRole('img', { name: /^Messages: [1-9]\d* in the last hour/ }).waitFor();
    await page.getByRole('img', { name: /^lamp GPIO17 on: [1-9]\d* s in the last hour/ }).waitFor();
    await page.getByRole('img', { name: /^Refusals: [1-9]/ }).waitFor();
    expect(await page.locator('.plot').count()).toBeLessThan(20);
    expect(await findViolations(page)).toEqual([]);
  });

  it.each([360, 1_920])('is no wider than %d pixels with all that opens', async (width) => {
    await page.setViewportSize({ width, height: 800 });
    await page.getByRole('button', { name: 'Wiring sheet' }).click();
    await page.getByText('let something happen').click();
    expect(await findOverflow(page)).toBeLessThanOrEqual(0);
    expect(await findViolations(page)).toEqual([]);
  });

  it('has an overlay with votes and refunds that comes back after a restart of the bot', async () => {
    const { overlay } = await page.evaluate<{ overlay: string }>(
      `fetch('/api/keys').then((answer) => answer.json())`,
    );
    const obs = await (
      await browser.newContext({ viewport: { width: 800, height: 450 } })
    ).newPage();
    await obs.goto(overlay);
    bot.say('alice: !tree on');
    bot.say('bob: !tree blink 2');
    bot.say('carla: !tree on');
    const vote = obs.locator('[data-vote="tree"]');
    await vote.getByText('A vote, 3 voices').waitFor();
    await gadget('tree').getByText('A vote, 3 voices').waitFor();
    const widths = await vote
      .locator('.bar-share')
      .evaluateAll((bars) => bars.map((bar) => bar.getBoundingClientRect().width));
    expect(widths[0]).toBeGreaterThan(widths[1] ?? 0);
    bot.say('alice: !fan on');
    const fan = obs.locator('[data-gadget="fan"]');
    await fan.getByText('by alice').waitFor();
    await fan.locator('.ring-left').waitFor();
    bot.say('bob redeems Fan for five seconds');
    await obs.getByText('bob has 800 points back: fan is on already.').waitFor();
    expect(await findViolations(obs)).toEqual([]);
    const background = await obs.evaluate<string>(
      'getComputedStyle(document.body).backgroundColor',
    );
    expect(background).toBe('rgba(0, 0, 0, 0)');
    await bot.restart();
    await page.getByText('ready #streamer').waitFor({ timeout: 30_000 });
    // The page lost the bot for a moment, too.
    complaints = [];
    bot.say('dora: !fan on');
    await fan.getByText('by dora').waitFor({ timeout: 30_000 });
    await obs.context().close();
  }, 90_000);
});
