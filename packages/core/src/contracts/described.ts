import * as v from 'valibot';

/** A key of plugins.yaml with the words that an editor shows of it. It keeps them beside what is optional. */
export function described<Schema extends v.GenericSchema>(schema: Schema, text: string) {
  return v.pipe(schema, v.description(text));
}
