import { v } from '@pertybot/core';
import { parseJson } from '@pertybot/core/host';
import { type Grant, grantSchema } from './token-store.js';

/** Goes up with what an older PertyBot must neither read nor write; keys that it does not know may come without. */
const version = 1;

const fileSchema = v.object({ version: v.literal(version), grant: grantSchema });

const newerSchema = v.looseObject({ version: v.pipe(v.number(), v.minValue(version + 1)) });

/** What stands in a file of tokens. */
export type TokenFile =
  | { readonly state: 'ours'; readonly grant: Grant }
  /** A newer PertyBot wrote it. */
  | { readonly state: 'newer' }
  | { readonly state: 'damaged' };

/** Reads the text of a file of tokens. */
export function readTokenFile(text: string): TokenFile {
  const value = parseJson(text);
  const ours = v.safeParse(fileSchema, value);
  if (ours.success) return { state: 'ours', grant: ours.output.grant };
  return { state: v.is(newerSchema, value) ? 'newer' : 'damaged' };
}

/** The text of a file of tokens. */
export function writeTokenFile({
  clientId,
  accessToken,
  refreshToken,
  scopes,
  login,
}: Grant): string {
  const grant = { clientId, accessToken, refreshToken, scopes, login };
  return `${JSON.stringify({ version, grant }, undefined, 2)}\n`;
}
