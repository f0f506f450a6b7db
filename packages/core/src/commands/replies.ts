/** Values for the names in braces. */
export type ReplyValues = Readonly<Record<string, string>>;

/**
 * What core says in chat, by reason; `replies:` in plugins.yaml changes them. An empty text says
 * nothing.
 */
export const defaultReplies: Readonly<Record<string, string>> = {
  arguments: 'Usage: {usage} · for example {example}',
  cooldown: '{command} can be used again in {wait}.',
  role: '{command} is for {allowed}.',
  late: '{command} came too late; say it again.',
  offline: '{command} waits for the stream to be live.',
  fault: '{command} fails at the moment; try again in {wait}.',
  busy: '',
  queue: '',
  stopped: '',
  starting: '',
  stopping: '',
  unknown: '',
  disabled: '',
  help: 'Commands: {commands}',
  helpNone: 'There are no commands for you.',
  helpCommand: '{usage} · {about}',
  helpUnknown: 'There is no such command.',
};

/** Texts of core, with the owner's changes. */
export class Replies {
  constructor(private readonly own: Readonly<Record<string, string>>) {}

  /**
   * The text for `reason` with `values` in it. What stands in a value is never taken as a template.
   * The owner's text wins, then that of whoever refused, then the default.
   * @param given text of whoever refused
   * @returns undefined when nothing is to be said
   */
  text(reason: string, values: ReplyValues, given?: string): string | undefined {
    const own = entryOf(this.own, reason);
    if (own === undefined && given !== undefined) return given.trim() === '' ? undefined : given;
    const template = own ?? entryOf(defaultReplies, reason);
    if (template === undefined) return undefined;
    const text = template.replace(/\{(\w+)\}/g, (whole, name: string) =>
      Object.hasOwn(values, name) ? (values[name] ?? '') : whole,
    );
    return text.trim() === '' ? undefined : text;
  }
}

/** A reason is any text, also `constructor`. */
function entryOf(texts: Readonly<Record<string, string>>, reason: string): string | undefined {
  return Object.hasOwn(texts, reason) ? texts[reason] : undefined;
}
