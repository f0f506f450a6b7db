import * as v from 'valibot';

/** What may be asked of an event, and what it is compared with. */
export type Condition<Event> = { readonly about: string } & (
  | { readonly kind: 'least' | 'most'; of(event: Event): number | undefined }
  | { readonly kind: 'word'; of(event: Event): readonly (string | undefined)[] }
  | { readonly kind: 'yes'; of(event: Event): boolean | undefined }
);

/** What plugins.yaml may ask of an event and say of it. */
export interface EventFacts<Event> {
  /** What happened, a sentence. */
  readonly about: string;
  /** What may be asked, by its key in plugins.yaml. */
  readonly conditions: Readonly<Record<string, Condition<Event>>>;
  /** What may be said of it, by its name in braces; undefined where nobody knows. */
  readonly values: Readonly<Record<string, (event: Event) => string | undefined>>;
  /** Whether the event is more than a part of another one. @default always */
  readonly counts?: (event: Event) => boolean;
  /** What it goes on about: with conditions, each of these fits once. @default each event fits */
  readonly once?: (event: Event) => string;
}

/** What an entry of plugins.yaml asks, as {@link conditionEntries} give it. */
export type Wanted = Readonly<Record<string, unknown>>;

const schemas: Readonly<Record<Condition<never>['kind'], () => v.GenericSchema>> = {
  least: amount,
  most: amount,
  word: () => {
    const one = v.pipe(
      v.union([v.string(), v.number()], 'expected a word, or a list of words'),
      v.transform(String),
    );
    return v.union(
      [
        v.pipe(
          one,
          v.transform((word): readonly string[] => [word]),
        ),
        v.array(one),
      ],
      'expected a word, or a list of words',
    );
  },
  yes: () => v.boolean('expected true or false'),
};

function amount() {
  return v.pipe(v.number('expected a number'), v.minValue(0, 'expected a number, 0 or more'));
}

/** Valibot entries of what may be asked of an event. */
export function conditionEntries({ conditions }: Pick<EventFacts<never>, 'conditions'>) {
  return Object.fromEntries(
    Object.entries(conditions).map(([name, { kind, about }]) => [
      name,
      v.pipe(v.optional(schemas[kind]()), v.description(about)),
    ]),
  );
}

/** Says why an event does not fit; undefined when it does. */
export type Fit<Event> = (event: Event) => string | undefined;

/** Makes what judges one event after the other by what an entry asks. */
export function fitBy<Event>(
  { conditions, once }: Pick<EventFacts<Event>, 'conditions' | 'once'>,
  wanted: Wanted,
): Fit<Event> {
  const asked = Object.entries(conditions).filter(([name]) => wanted[name] !== undefined);
  let last: string | undefined;
  return (event) => {
    for (const [name, condition] of asked) {
      const why = unfit(condition, wanted[name], event);
      if (why !== undefined) return `"${name}" asks for ${why}`;
    }
    if (once === undefined || asked.length === 0) return undefined;
    const about = once(event);
    if (about === last) return 'it was set off before';
    last = about;
    return undefined;
  };
}

function unfit<Event>(
  condition: Condition<Event>,
  wanted: unknown,
  event: Event,
): string | undefined {
  if (condition.kind === 'word') {
    const words = condition.of(event).flatMap((word) => word ?? []);
    const list = Array.isArray(wanted) ? wanted.map(String) : [String(wanted)];
    const isOne = list.some((each) => words.some((word) => isSame(each, word)));
    return isOne ? undefined : `${list.join(' or ')}, and it was ${words.join(', ') || 'not told'}`;
  }
  const value = condition.of(event);
  const was = `${String(wanted)}, and it was ${value ?? 'not told'}`;
  if (condition.kind === 'yes') return value === wanted ? undefined : was;
  const isEnough = typeof value === 'number' && typeof wanted === 'number';
  if (!isEnough) return was;
  return (condition.kind === 'least' ? value >= wanted : value <= wanted) ? undefined : was;
}

function isSame(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}
