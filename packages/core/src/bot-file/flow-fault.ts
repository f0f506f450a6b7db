/** A fault of YAML itself in our words. */
export interface SyntaxFault {
  /** Where its cause stands, from the start of the file. */
  readonly offset: number;
  readonly message: string;
  readonly hint: string;
}

/** A text before a brace: `Hi {user}`, `${NAME}`. */
const beforeBrace = /(?:[,[{]|:\s)\s*((?:(?!:\s)[^,[\]{}"'])+)$/;
/** What begins with braces, and goes on: `{user} hi`. */
const behindBrace = /(?:[,[{]|:\s)\s*(\{[^{}]*\}\s*)$/;

/**
 * The text without quotes that a fault comes from which the parser found at `at`, where that is between brackets:
 * there a brace in it ends it, as in `{ clientId: ${NAME} }`.
 */
export function findInBrackets(text: string, at: number): SyntaxFault | undefined {
  const begin = text.lastIndexOf('\n', at - 1) + 1;
  const before = text.slice(begin, at);
  const [behind = ''] = text.slice(at).split(/\r?\n/, 1);
  const form = behind.startsWith('{') ? beforeBrace : behindBrace;
  const said = form.exec(before)?.[1];
  if (said !== undefined)
    return isInBrackets(text, at - said.length) ? toText(said, behind, at) : undefined;
  const isOdd = [...before, ...behind].filter((sign) => sign === '"').length % 2 === 1;
  if (!behind.startsWith('"') || !isOdd || !isInBrackets(text, at)) return undefined;
  const offset = begin + before.indexOf('"');
  const message = 'of the quotes in this line one is missing';
  return { offset, message, hint: 'Write quotes before and behind each text that has any.' };
}

function toText(said: string, behind: string, at: number): SyntaxFault {
  const value = `${said}${untilItsEnd(behind)}`.trim();
  const quoted = `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  const message = 'a text with braces must stand in quotes, where it stands between brackets';
  return { offset: at - said.length, message, hint: `Write: ${quoted}` };
}

/** Up to the comma or bracket that ends a value, which brackets in it do not. */
function untilItsEnd(text: string): string {
  let depth = 0;
  for (const [index, sign] of [...text].entries()) {
    if (depth === 0 && (sign === ',' || sign === '}' || sign === ']')) {
      return [...text].slice(0, index).join('');
    }
    if (sign === '{' || sign === '[') depth += 1;
    if (sign === '}' || sign === ']') depth -= 1;
  }
  return text;
}

/** Whether a bracket that was opened before `at` is still open there. */
function isInBrackets(text: string, at: number): boolean {
  const bare = text
    .slice(0, at)
    .replace(/"(?:[^"\\\n]|\\.)*"|'[^'\n]*'/g, '')
    .replace(/(?:^|\s)#.*$/gm, '')
    .replace(/\$?\{[^{}\n]*\}/g, '');
  const count = (signs: RegExp) => bare.match(signs)?.length ?? 0;
  return count(/[{[]/g) > count(/[}\]]/g);
}
