import { cutEntryLines, lineAfter } from './lines.js';
import type { BotFileList } from './list.js';

/** The text of a plugins.yaml without one of its entries. */
export function cutEntry(list: BotFileList, index: number): string {
  return cutLines(list, index) ?? cutInline(list, index) ?? cutNode(list, index);
}

/** @returns undefined where the entry has no lines of its own */
function cutLines(list: BotFileList, index: number): string | undefined {
  const { text, items, keyEnd } = list;
  const item = items[index];
  if (!item || keyEnd === undefined || list.indentOf(item) === undefined) return undefined;
  const previous = items[index - 1];
  const floor = previous ? list.linesOf(previous).end : lineAfter(text, keyEnd);
  const isOnly = items.length === 1;
  const isFirst = index === 0 && !isOnly;
  const cut = cutEntryLines(text, list.linesOf(item), { floor, isFirst });
  return isOnly ? `${cut.slice(0, keyEnd)} []${cut.slice(keyEnd)}` : cut;
}

/** @returns undefined where the list does not stand in brackets */
function cutInline(list: BotFileList, index: number): string | undefined {
  const { text, items } = list;
  const range = items[index]?.range;
  if (!range || !list.isInline) return undefined;
  const [start, end] = range;
  const previous = items[index - 1]?.range?.[1];
  const next = items[index + 1]?.range?.[0];
  if (previous === undefined) return text.slice(0, start) + text.slice(next ?? end);
  const comments = /^(?:\r?\n {2}#.*)+\r?\n {2}/.exec(text.slice(end))?.[0] ?? '';
  return text.slice(0, previous) + text.slice(end + comments.length);
}

function cutNode({ source: { document } }: BotFileList, index: number): string {
  document.deleteIn(['plugins', index]);
  return document.toString({ lineWidth: 0 });
}
