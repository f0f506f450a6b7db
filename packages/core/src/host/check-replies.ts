import type { ConfigProblem } from '../bot-file/config-error.js';
import type { BotFile } from '../bot-file/read-entries.js';
import { allSentences, namesOf } from '../commands/replies.js';
import { nearest } from '../contracts/nearest.js';
import { namesIn, type Sentences, sentenceOf } from '../contracts/replies.js';
import type { HostedPlugin } from './hosted-plugin.js';

/**
 * Finds sentences that nobody says, and names in braces that they do not have. What a plugin that is not loaded says
 * nobody knows.
 */
export function checkReplies(
  { replies, entries, source }: Pick<BotFile, 'replies' | 'entries' | 'source'>,
  hosted: readonly HostedPlugin[],
): readonly ConfigProblem[] {
  const loaded = hosted.filter(({ enabled }) => enabled);
  const isPartial = loaded.length < entries.length;
  const all = allSentences(loaded.map(({ plugin }) => plugin));
  return Object.entries(replies).flatMap(([key, text]) => {
    const sentence = sentenceOf(all, key);
    if (sentence !== undefined) {
      const known = namesOf(all, key);
      const unknown = namesIn(text).filter((name) => !known.includes(name));
      return unknown.slice(0, 1).map((name) => ({
        file: source.file,
        position: source.position(['replies', key]),
        message: `${key}: there is no {${name}} in this text`,
        hint: hintFor(name, known, (each) => `{${each}}`),
      }));
    }
    const meant = nearest(key, Object.keys(all));
    if (isPartial && meant === undefined && !isOfKnown(key, all)) return [];
    return [
      {
        file: source.file,
        position: source.keyPosition(['replies', key]),
        message: `replies: nobody says "${key}"`,
        hint: hintFor(key, relatedTo(key, all)),
      },
    ];
  });
}

function hintFor(written: string, known: readonly string[], show = (each: string) => each): string {
  const meant = nearest(written, known);
  const list = known.length === 0 ? 'It has none.' : `Known: ${known.map(show).join(', ')}.`;
  return meant === undefined ? list : `Did you mean "${show(meant)}"? ${list}`;
}

/** Those of the same family, such as `pin.maxOn` for `pin.max`; else all. */
function relatedTo(key: string, all: Sentences): readonly string[] {
  const keys = Object.keys(all);
  const family = keys.filter((each) => familyOf(each) === familyOf(key));
  return family.length > 0 && familyOf(key) !== '' ? family : keys;
}

function isOfKnown(key: string, all: Sentences): boolean {
  const family = familyOf(key);
  return family !== '' && Object.keys(all).some((each) => familyOf(each) === family);
}

/** What stands before the first dot. */
function familyOf(key: string): string {
  return key.includes('.') ? key.slice(0, key.indexOf('.')) : '';
}
