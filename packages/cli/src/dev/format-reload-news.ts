import type { ReloadNews } from '../bot-process/reload-news.js';
import { toPlainText } from '../terminal/plain-text.js';
import { clockTime } from '../terminal/pretty-log.js';
import type { Style } from '../terminal/style.js';

/** What an edit did, as people read it; what is wrong is red. */
export function formatReloadNews({ text, isFault }: ReloadNews, at: Date, style: Style): string {
  const [first = '', ...rest] = text.split('\n').map(toPlainText);
  const head = isFault ? style.red(`✗ ${first}`) : style.cyan(first);
  return [`${style.dim(clockTime(at.toISOString()))}  ${head}`, ...rest].join('\n');
}
