/** An application as its owner registers it in the developer console. */
export interface ClientOptions {
  readonly id: string;
  /** Its secret; none makes it a public client. */
  readonly secret?: string | undefined;
  /** Where the browser may be sent back to; compared character for character. */
  readonly redirectUris: readonly string[];
  /** The name on the consent page. @default the id */
  readonly name?: string;
  /**
   * Whether a refresh token works once or for ever.
   * @default 'one-time' for a public client, 'reusable' for one with a secret
   */
  readonly refreshTokens?: 'one-time' | 'reusable';
}

/** A registered application. */
export interface Client {
  readonly id: string;
  readonly secret: string | undefined;
  readonly redirectUris: readonly string[];
  readonly name: string;
  readonly rotates: boolean;
  /** Seconds that an unused refresh token lives, if it ever dies. */
  readonly refreshLifetime: number | undefined;
}

const thirtyDays = 30 * 24 * 60 * 60;

/** The applications that the simulated Twitch knows. */
export class Clients {
  private readonly byId = new Map<string, Client>();

  /** Registers an application, or changes the one of that id. */
  add(options: ClientOptions): Client {
    const isPublic = options.secret === undefined;
    const client: Client = {
      id: options.id,
      secret: options.secret,
      redirectUris: options.redirectUris,
      name: options.name ?? options.id,
      rotates: (options.refreshTokens ?? (isPublic ? 'one-time' : 'reusable')) === 'one-time',
      refreshLifetime: isPublic ? thirtyDays : undefined,
    };
    this.byId.set(client.id, client);
    return client;
  }

  /** Forgets an application, as when its owner deletes it. */
  remove(id: string): void {
    this.byId.delete(id);
  }

  /** The application of that id. */
  find(id: string | null): Client | undefined {
    return id === null ? undefined : this.byId.get(id);
  }

  /** All applications. */
  get all(): readonly Client[] {
    return [...this.byId.values()];
  }
}
