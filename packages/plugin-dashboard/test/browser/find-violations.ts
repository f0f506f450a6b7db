import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = createRequire(__filename).resolve('axe-core/axe.min.js');

/** What axe-core finds, in words. The page lets no script in, so it is run from outside. */
export async function findViolations(page: Page): Promise<readonly string[]> {
  const text = await readFile(axe, 'utf8');
  return page.evaluate<readonly string[]>(`(async () => {
    if (!window.axe) { ${text} }
    const { violations } = await window.axe.run();
    return violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' | '));
  })()`);
}
