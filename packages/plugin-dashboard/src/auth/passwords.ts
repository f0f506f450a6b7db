import { randomBytes, scrypt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCodeOf, v } from '@pertybot/core';
import { parseJson, writeFileAtomically } from '@pertybot/core/host';
import { type PageRole, pageRoles } from './role.js';
import { isSameSecret } from './secret.js';

const fileName = 'page-passwords.json';

const passwordsSchema = v.record(
  v.picklist(pageRoles),
  v.object({ salt: v.string(), hash: v.string() }),
);

type Passwords = v.InferOutput<typeof passwordsSchema>;

/** Shortest password that is taken. */
export const shortestPassword = 8;

/** Longer ones are not looked at: to hash one takes time. */
const longestPassword = 200;

/** Sets the password of a role, or takes it away. Only a hash of it is kept. */
export async function setPassword(
  stateFolder: string,
  role: PageRole,
  password: string | undefined,
): Promise<void> {
  const { [role]: _, ...others } = await readPasswords(stateFolder);
  const salt = randomBytes(16).toString('base64url');
  const all =
    password === undefined
      ? others
      : { ...others, [role]: { salt, hash: await hash(password, salt) } };
  await writeFileAtomically(join(stateFolder, fileName), `${JSON.stringify(all)}\n`);
}

/** Whose password it is; undefined where it is nobody's. */
export async function roleOfPassword(
  stateFolder: string,
  password: string,
): Promise<PageRole | undefined> {
  if (password.length > longestPassword) return undefined;
  const all = await readPasswords(stateFolder);
  for (const role of [...pageRoles].reverse()) {
    const known = all[role];
    if (known && isSameSecret(known.hash, await hash(password, known.salt))) return role;
  }
  return undefined;
}

async function readPasswords(stateFolder: string): Promise<Passwords> {
  try {
    const text = await readFile(join(stateFolder, fileName), 'utf8');
    const read = v.safeParse(passwordsSchema, parseJson(text));
    return read.success ? read.output : {};
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return {};
    throw error;
  }
}

/** Takes 16 MB and some 50 ms, so that whoever has the file tries few. */
function hash(password: string, salt: string): Promise<string> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, 32, { N: 16_384, r: 8, p: 1 }, (error, key) =>
      error ? reject(error) : resolve(key.toString('base64url')),
    );
  });
}
