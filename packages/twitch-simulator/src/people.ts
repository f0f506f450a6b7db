/** Somebody with a Twitch account: a streamer, a viewer, a bot. */
export interface Account {
  /** Twitch's user id; stays when the name changes. */
  readonly id: string;
  /** The account's name in lowercase. */
  readonly login: string;
  /** The name as it is shown; may hold any character. */
  readonly displayName: string;
}

/** An account as it is asked for; what is missing is made from the login. */
export interface AccountOptions {
  readonly login: string;
  /** @default the login */
  readonly displayName?: string;
  /** @default a number that is always the same for this login */
  readonly id?: string;
}

/** Everybody whom the simulated Twitch knows, by login. */
export class People {
  private readonly byLogin = new Map<string, Account>();
  private readonly taken = new Set<string>();

  /** The account of that login, made or changed as `options` say. */
  someone(options: AccountOptions): Account {
    const login = toLogin(options.login);
    const known = this.byLogin.get(login);
    const account: Account = {
      login,
      id: options.id ?? known?.id ?? this.freeId(login),
      displayName: options.displayName ?? known?.displayName ?? options.login,
    };
    this.byLogin.set(login, account);
    this.taken.add(account.id);
    return account;
  }

  /** The account of that login, if there is one. */
  find(login: string): Account | undefined {
    return this.byLogin.get(toLogin(login));
  }

  /** The account of that user id, if there is one. */
  findId(id: string): Account | undefined {
    for (const account of this.byLogin.values()) if (account.id === id) return account;
    return undefined;
  }

  private freeId(login: string): string {
    let id = hash(login);
    while (this.taken.has(String(id))) id += 1;
    return String(id);
  }
}

/** `#Name`, ` Name ` or `Name` as Twitch stores it: `name`. */
export function toLogin(name: string): string {
  return name.trim().replace(/^#/, '').toLowerCase();
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of Buffer.from(text)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return 100_000_000 + (value % 800_000_000);
}
