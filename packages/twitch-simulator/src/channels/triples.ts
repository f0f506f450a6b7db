import type { Account } from '../people.js';

/** Somebody as Twitch names them: three fields that begin alike. */
export type Triple<Prefix extends string> = {
  readonly [Field in 'id' | 'login' | 'name' as `${Prefix}_${Field}`]: string;
};

/** `user_id`, `user_login`, `user_name`; with another prefix what begins with that. */
export function named<Prefix extends string>(
  prefix: Prefix,
  { id, login, displayName }: Account,
): Triple<Prefix> {
  const fields = {
    [`${prefix}_id`]: id,
    [`${prefix}_login`]: login,
    [`${prefix}_name`]: displayName,
  };
  // The keys were just made of the prefix; TypeScript widens computed keys to string.
  return fields as Triple<Prefix>;
}

/** Nobody, in the same three fields. */
export function nobody<Prefix extends string>(prefix: Prefix): Readonly<Record<string, null>> {
  return { [`${prefix}_id`]: null, [`${prefix}_login`]: null, [`${prefix}_name`]: null };
}

/** `broadcaster_user_id`, `broadcaster_user_login`, `broadcaster_user_name`. */
export function broadcaster(account: Account): Triple<'broadcaster_user'> {
  return named('broadcaster_user', account);
}

/** `user_id`, `user_login`, `user_name`. */
export function user(account: Account): Triple<'user'> {
  return named('user', account);
}
