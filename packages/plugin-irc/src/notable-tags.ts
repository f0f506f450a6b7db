/** The tags that decide what becomes of a message. */
export const notableNames = [
  'id',
  'bits',
  'custom-reward-id',
  'msg-id',
  'source-id',
  'source-room-id',
] as const;

/** Values of {@link notableNames}; a tag that the line does not bear is absent. */
export type NotableTags = { readonly [Name in (typeof notableNames)[number]]?: string };
