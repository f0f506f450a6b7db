import type { IrcTags } from './irc-tags.js';

/**
 * Tags as tmi.js hands them over. It turns the value `1` into true, `0` into false, an empty value
 * into null, and some values into objects that it keeps the text of under `…-raw`: this turns
 * them back.
 */
export class TmiTags implements IrcTags {
  constructor(private readonly tags: Readonly<Record<string, unknown>>) {}

  get(name: string): string | undefined {
    const value = Object.hasOwn(this.tags, name) ? this.tags[name] : undefined;
    switch (value) {
      case undefined:
        return undefined;
      case true:
        // tmi.js leaves an empty value of these three as true.
        return name === 'bits' || name === 'ban-duration' || name === 'emote-sets' ? '' : '1';
      case false:
        return '0';
      case null:
        return '';
    }
    if (typeof value === 'object') return this.get(`${name}-raw`) ?? '';
    return String(value);
  }
}
