/** A member of a union, as far as it is looked at. */
interface Member {
  readonly properties: Readonly<Record<string, Property>>;
}

interface Property {
  readonly const?: unknown;
  readonly description?: string;
}

/**
 * A part of a JSON Schema so that editors help with it. The libraries take the first member of a union that fits, while
 * JSON Schema's oneOf refuses two; and where one key tells the members apart, such as the type of a gadget, an editor is
 * told so: it offers all of them then, and says what is wrong with the one that is meant.
 */
export function forEditors(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { oneOf, ...others } = value as { readonly oneOf?: unknown };
  if (!Array.isArray(oneOf) || 'anyOf' in others) return value;
  const key = oneOf.every(isMember) ? tellingKey(oneOf) : undefined;
  if (key === undefined) return { ...others, anyOf: oneOf };
  const properties: readonly Property[] = oneOf.map((member) => member.properties[key]);
  return {
    ...others,
    type: 'object',
    required: [key],
    properties: {
      [key]: { description: 'What it is; the other keys go by that.', anyOf: properties },
    },
    allOf: oneOf.map((member, index) => {
      const { description: _, ...wanted } = { description: undefined, ...properties[index] };
      return {
        if: { properties: { [key]: wanted }, required: [key] },
        // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword
        then: member,
      };
    }),
  };
}

function isMember(member: unknown): member is Member {
  if (typeof member !== 'object' || member === null || !('properties' in member)) return false;
  return typeof member.properties === 'object' && member.properties !== null;
}

/** The key that is another constant in each member, but for one that takes all others. */
function tellingKey(members: readonly Member[]): string | undefined {
  const [first] = members;
  return Object.keys(first?.properties ?? {}).find((key) => {
    const constants = members.map(({ properties }) => properties[key]?.const);
    const known = constants.filter((each) => each !== undefined);
    const isEverywhere = members.every(({ properties }) => Object.hasOwn(properties, key));
    return (
      isEverywhere && known.length >= members.length - 1 && new Set(known).size === known.length
    );
  });
}
