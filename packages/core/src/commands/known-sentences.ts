import type { Plugin } from '../contracts/plugin.js';
import { namesIn, type Sentences, sentenceOf } from '../contracts/replies.js';
import { defaultReplies } from './replies.js';

/** The sentences of core and of plugins; where two plugins have a key, the first one's holds. */
export function allSentences(plugins: readonly Pick<Plugin, 'replies'>[]): Sentences {
  const ofPlugins = plugins.map(({ replies }) => replies ?? {}).reverse();
  return Object.assign({}, ...ofPlugins, defaultReplies);
}

/** The names in braces that the sentence of a key may have. */
export function namesOf(sentences: Sentences, key: string): readonly string[] {
  const { text, knows = [] } = sentenceOf(sentences, key) ?? { text: '' };
  return [...new Set([...namesIn(text), ...knows])];
}
