const introducer = '\\u001b';
const escapeSequences = new RegExp(
  [
    // Operating system commands, such as a new window title, up to their end or the text's.
    `(?:${introducer}\\]|\\u009d)[^\\u0007\\u001b\\u009c]*(?:\\u0007|${introducer}\\\\|\\u009c|$)`,
    // Device control and other strings.
    `(?:${introducer}[PX^_]|[\\u0090\\u0098\\u009e\\u009f])[^\\u001b\\u009c]*(?:${introducer}\\\\|\\u009c|$)`,
    // Control sequences: colours, cursor moves, erasing.
    `(?:${introducer}\\[|\\u009b)[0-?]*[ -/]*[@-~]?`,
    `${introducer}[ -/]*[0-~]?`,
  ].join('|'),
  'g',
);
const whitespace = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
const controls = /\p{Cc}/gu;
// They turn the reading direction around, so that a line shows something else than it holds.
const directions = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g;

/**
 * Text of others as a terminal may show it: one line, without escape sequences, control characters
 * and marks that reverse the reading direction.
 */
export function toPlainText(text: string): string {
  return text
    .replace(escapeSequences, '')
    .replace(whitespace, ' ')
    .replace(controls, '')
    .replace(directions, '');
}
