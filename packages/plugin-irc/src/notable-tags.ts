/** The tags that decide what becomes of a message. */
export const notableNames = [
  'id',
  'bits',
  'custom-reward-id',
  'msg-id',
  'source-id',
  'source-room-id',
] as const;

/** Values of {@link notableNames}; undefined for a tag that the line does not bear. */
export type NotableTags = { [Name in (typeof notableNames)[number]]: string | undefined };

/** Tags of a line that bears none of them. */
export function noNotableTags(): NotableTags {
  // The same members in each make their reading fast.
  return {
    id: undefined,
    bits: undefined,
    'custom-reward-id': undefined,
    'msg-id': undefined,
    'source-id': undefined,
    'source-room-id': undefined,
  };
}
