import { type Document, isScalar, type Node, visit } from 'yaml';

/**
 * Control characters, zero-width ones and those that turn the direction, which come along with what is copied from a
 * web page or a chat; and a no-break space in front, which looks like an indentation. What joins emoji is none of them.
 */
const unseen = /[\p{Cc}\u00ad\u200b\u202a-\u202e\u2060-\u2069\ufeff]|^\u00a0/u;

/** Keys whose value is a name, too. */
const naming: readonly unknown[] = ['use', 'id', 'prefix'];

/** A name with a character that nobody can see. */
export interface UnseenCharacter {
  readonly node: Node;
  /** Such as `U+200B`. */
  readonly character: string;
}

/** The names of a document that are not what they look like; texts may have such characters. */
export function* findUnseen(document: Document): Generator<UnseenCharacter> {
  const names: unknown[] = [];
  visit(document, {
    Pair: (_, { key, value }) => {
      names.push(key);
      if (isScalar(key) && naming.includes(key.value)) names.push(value);
    },
  });
  for (const node of names) {
    if (!isScalar(node) || typeof node.value !== 'string') continue;
    const [character] = unseen.exec(node.value) ?? [];
    if (character !== undefined) yield { node, character: codeOf(character) };
  }
}

function codeOf(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  return `U+${code.padStart(4, '0')}`;
}
