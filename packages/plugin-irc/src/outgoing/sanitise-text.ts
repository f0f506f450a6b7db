/** Line breaks and tabs, which would end or spoil an IRC line. */
const breaks = /[\r\n\t\v\f\u0085\u2028\u2029]+/g;
/** Other control characters: NUL, the mark of /me, … */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go
const controls = /[\u0000-\u001f\u007f-\u009f]/g;
/** Halves of a surrogate pair whose other half is missing; they cannot be sent as UTF-8. */
const loneSurrogates = /\p{Surrogate}/gu;

/**
 * Makes a text safe for one IRC line: line breaks become spaces, other control characters go.
 * @returns an empty text when nothing is left
 */
export function sanitiseText(text: string): string {
  if (isPlain(text)) return text.trim();
  return text.replace(breaks, ' ').replace(controls, '').replace(loneSurrogates, '\ufffd').trim();
}

/** Whether it is nothing but printable ASCII, as most texts are. */
function isPlain(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || code > 0x7e) return false;
  }
  return true;
}

/** What a text must not begin with. */
const commandMarks = ['/', '.', '\\'];

/** Does not show; Twitch takes the text behind it as text. */
const shield = '\u200b';

/**
 * Makes a text that Twitch would run as a command, such as `/ban x` or `.ban x`, an ordinary one.
 */
export function shieldCommand(text: string): string {
  return commandMarks.includes(text.charAt(0)) ? shield + text : text;
}
