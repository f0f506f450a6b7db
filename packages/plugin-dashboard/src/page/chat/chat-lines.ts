import type { Fed } from '../../shared/feed.js';

const shown = ['message', 'reply', 'event', 'refusal', 'reaction', 'estop'];

/** What a redemption became stands beside it, and a cheer is a line of chat with bits. */
const toldElsewhere = ['redeemUpdate', 'cheer'];

/** Whether chat shows it. */
export function isChatLine(line: Fed): boolean {
  if (line.type === 'event') return !toldElsewhere.includes(line.name);
  if (line.type === 'refusal') return line.redemption === undefined;
  return shown.includes(line.type);
}

/** The bot answers a command before the plugins are told of its line; one reads it the other way round. */
export function inOrder(lines: readonly Fed[]): readonly Fed[] {
  const ordered: Fed[] = [];
  for (const line of lines) {
    let place = ordered.length;
    if (line.type === 'message') while (isAnswerTo(line.id, ordered[place - 1])) place -= 1;
    ordered.splice(place, 0, line);
  }
  return ordered;
}

/** A line of chat, which may be answered. */
export type ParentLine = Extract<Fed, { type: 'message' }>;

/** The lines that the bot's replies answer, by their ids. */
export function answeredLines(lines: readonly Fed[]): ReadonlyMap<string, ParentLine> {
  const answered = new Set(lines.flatMap((line) => (line.type === 'reply' ? line.replyTo : [])));
  return new Map(
    lines.flatMap((line) =>
      line.type === 'message' && answered.has(line.id) ? [[line.id, line]] : [],
    ),
  );
}

function isAnswerTo(id: string, line: Fed | undefined): boolean {
  return (
    (line?.type === 'refusal' && line.messageId === id) ||
    (line?.type === 'reply' && line.replyTo === id)
  );
}
