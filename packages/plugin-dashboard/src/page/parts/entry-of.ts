/** What a table has under a name that somebody else chose: `constructor` is an entry of none. */
export function entryOf<Value>(
  table: Readonly<Record<string, Value>>,
  name: string,
): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
