import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeMessage } from '@pertybot/core/testing';
import type { Browser, Page } from 'playwright-core';
import { launchChromium, openTab } from '../../../plugin-oauth/test/browser/chromium.js';
import { Served } from '../served.js';
import { findViolations } from './find-violations.js';

describe('the chat of a bot that sits at Twitch', () => {
  let browser: Browser;
  let served: Served;
  let page: Page;
  let asked: string[];

  beforeAll(async () => {
    browser = await launchChromium();
    served = await Served.start();
    ({ page } = await openTab(browser));
    asked = [];
    page.on('request', (request) => asked.push(new URL(request.url()).hostname));
    await page.goto(served.page.desk.link('operator'));
    await page.goto(`${served.page.address}#/chat`);
    await page.getByLabel('Say as the bot').waitFor();
  }, 60_000);
  afterAll(async () => {
    await served.stop();
    await browser.close();
  });

  it('has a line to say something as the bot, and none to speak as others', async () => {
    const line = page.getByLabel('Say as the bot');
    await line.fill('Back in five minutes!');
    await line.press('Enter');
    await page.getByText('Done: say Back in five minutes!').waitFor();
    expect(served.control.asked).toEqual(['say Back in five minutes!']);
    expect(await line.inputValue()).toBe('');
    expect(await page.getByText('let something happen').count()).toBe(0);
  });

  it('keeps a line that was not said, and tells why', async () => {
    const { say } = served.control;
    served.control.say = async () => ({ done: false, text: 'Not said: the channel is full.' });
    const line = page.getByLabel('Say as the bot');
    await line.fill('too much');
    await line.press('Enter');
    await page.getByText('Not said: the channel is full.').waitFor();
    expect(await line.inputValue()).toBe('too much');
    served.control.say = say;
  });

  it('frames emotes by their names, and shows what the bot answers', async () => {
    const emotes = [{ id: '25', start: 9, end: 14 }];
    const asks = { ...makeMessage('!lamp on Kappa', { as: 'Alice', id: 'm' }), emotes };
    const delivery = { status: 'written' } as const;
    const reply = { channel: 'test', text: 'The lamp is on.', replyTo: 'm', delivery };
    served.page.desk.hear({ name: 'reply', data: reply });
    served.page.desk.hear({ name: 'message', data: asks });
    const answer = page.locator('.line-reply', { hasText: 'The lamp is on.' });
    await answer.waitFor();
    expect(await answer.innerText()).toContain('↩ replying to Alice: !lamp on Kappa');
    expect(await page.locator('.line-message .emote').allInnerTexts()).toEqual(['Kappa']);
    expect(await findViolations(page)).toEqual([]);
    expect(new Set(asked)).toEqual(new Set(['localhost']));
  });
});
