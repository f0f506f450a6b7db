/**
 * Turns one word of chat into a value.
 * @returns undefined when the word is none of its kind
 */
export type ArgumentParser<Value = unknown> = (word: string) => Value | undefined;

/** Parsers of an author's own argument types, by name; `Values` says what each gives. */
export type ArgumentParsers<Values = Readonly<Record<string, unknown>>> = {
  readonly [name in keyof Values]: ArgumentParser<Values[name]>;
};

/** The argument types that every signature knows, and what a handler gets of each. */
export interface ArgumentTypes {
  string: string;
  /** A whole number; `int(1..10)` bounds it. */
  int: number;
  /** A number; `number(0..1)` bounds it. */
  number: number;
  /** Milliseconds; chat writes `500ms`, `10s`, `2m`. */
  duration: number;
  /** A login name, lower case; chat may write `@Alice`. */
  user: string;
  /** Chat writes on, off, yes, no, true, false. */
  boolean: boolean;
  /** All that is left of the line. */
  rest: string;
}

type TrimStart<Text extends string> = Text extends ` ${infer Rest}` ? TrimStart<Rest> : Text;

type Split<Text extends string> = Text extends `${infer Head}|${infer Tail}`
  ? Head | Split<Tail>
  : Text;

type ValueOf<Type extends string, Values> = Type extends keyof Values
  ? Values[Type]
  : Type extends keyof ArgumentTypes
    ? ArgumentTypes[Type]
    : Type extends `${'int' | 'number'}(${string})`
      ? number
      : Type extends `${string}|${string}`
        ? Split<Type>
        : never;

type Parameter<Text extends string, Values, Missing> = Text extends `${infer Name}...`
  ? { readonly [name in Name]: string | Missing }
  : Text extends `${infer Name}:${infer Type}`
    ? { readonly [name in Name]: ValueOf<Type, Values> | Missing }
    : { readonly [name in Text]: string | Missing };

type Parameters<Text extends string, Values> =
  TrimStart<Text> extends `<${infer Inner}>${infer Rest}`
    ? Parameter<Inner, Values, never> & Parameters<Rest, Values>
    : TrimStart<Text> extends `[${infer Inner}]${infer Rest}`
      ? Parameter<Inner, Values, undefined> & Parameters<Rest, Values>
      : unknown;

type Flatten<Type> = { readonly [key in keyof Type]: Type[key] };

/**
 * The arguments that a handler gets for a signature: `'lamp <state:on|off> [for:duration]'` gives
 * `{ state: 'on' | 'off'; for: number | undefined }`.
 */
export type CommandArguments<
  Signature extends string,
  Values = Record<never, never>,
> = Signature extends `${string} ${infer Rest}`
  ? Flatten<Parameters<Rest, Values>>
  : Readonly<Record<never, never>>;
