import type { Page } from 'playwright-core';

/** Text that is hard to read, with its contrast. */
export interface FaintText {
  readonly text: string;
  readonly contrast: number;
}

/**
 * Texts of the page whose contrast is below 4.5, as WCAG counts it.
 * @see https://www.w3.org/TR/WCAG22/#contrast-minimum
 */
export function findFaintText(page: Page): Promise<readonly FaintText[]> {
  return page.evaluate<readonly FaintText[]>(faintText);
}

/** Pixels by which the page is wider than its window: what must be scrolled sideways. */
export function findOverflow(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - window.screen.width');
}

/** Every address in the tab's history: what "back" leads to, and what anybody at the machine can see. */
export async function readHistory(page: Page): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page);
  const { entries } = await session.send('Page.getNavigationHistory');
  return entries.map(({ url }) => url);
}

// Text, since it is run by the page, whose types these tests do not have.
const faintText = `(() => {
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const blend = ([r, g, b, alpha = 1], below) =>
    [r, g, b].map((value, index) => value * alpha + below[index] * (1 - alpha));
  const backdrop = (element) => element === null
    ? [255, 255, 255]
    : blend(parse(getComputedStyle(element).backgroundColor), backdrop(element.parentElement));
  const luminance = (colour) => {
    const [r, g, b] = colour.map((value) => value / 255)
      .map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (element) => {
    const back = backdrop(element);
    const ink = blend(parse(getComputedStyle(element).color), back);
    const [dark, light] = [luminance(back), luminance(ink)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const holdsText = (element) =>
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  return [...document.querySelectorAll('body *')].filter(holdsText)
    .map((element) => ({ text: element.textContent.trim(), contrast: contrast(element) }))
    .filter(({ contrast }) => contrast < 4.5);
})()`;
