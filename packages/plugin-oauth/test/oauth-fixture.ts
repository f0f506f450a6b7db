import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { jest } from '@jest/globals';
import {
  AccessTokens,
  type Browser,
  type Clock,
  definePlugin,
  type InjectionToken,
  type Plugin,
  type RequestedScopes,
} from '@pertybot/core';
import { type RequestedScope, SystemClock } from '@pertybot/core/host';
import { MemoryLogger, startTestBot } from '@pertybot/core/testing';
import {
  type ClientOptions,
  ScriptedBrowser,
  type ScriptedBrowserOptions,
  startTwitchSimulator,
  type TwitchSimulator,
  type TwitchSimulatorOptions,
} from '@pertybot/twitch-simulator';
import oauth, { Login, Logins, TokenRefresher, TokenStore, TokenValidator } from '../src/index.js';
import { AccountScopes } from '../src/token/account-scopes.js';
import { type OAuthConfig, twitchIdUrl } from '../src/twitch/oauth-config.js';

// Real sockets and files on a machine that may be busy.
jest.setTimeout(30_000);

/** A simulated Twitch, a folder and a free port: what a login needs, all of it real but Twitch itself. */
export class OAuthFixture {
  readonly clock = new SystemClock();
  readonly logger = new MemoryLogger();
  readonly shown: string[] = [];
  readonly scopes = new FakeScopes();
  /** Answers that the owner types, one after the other. */
  readonly typed: string[] = [];
  readonly prompt = {
    show: (text: string) => void this.shown.push(text),
    ask: async () => this.typed.shift(),
  };

  private constructor(
    readonly twitch: TwitchSimulator,
    readonly folder: string,
    readonly config: OAuthConfig,
  ) {}

  static async start(
    options: Partial<OAuthConfig> & {
      readonly client?: Partial<ClientOptions>;
      readonly simulator?: TwitchSimulatorOptions;
    } = {},
  ): Promise<OAuthFixture> {
    const { client, simulator, ...config } = options;
    const redirectUri = `http://localhost:${await freePort()}/`;
    const registered: ClientOptions = {
      id: 'client-of-the-bot',
      secret: 'secret-of-the-client',
      redirectUris: [config.redirectUri ?? redirectUri],
      ...client,
    };
    const twitch = await startTwitchSimulator({
      clients: [registered],
      accounts: [{ login: 'pertybot' }, { login: 'streamer' }],
      ...simulator,
    });
    const folder = await mkdtemp(path.join(os.tmpdir(), 'pertybot-oauth-'));
    return new OAuthFixture(twitch, folder, {
      clientId: registered.id,
      clientSecret: registered.secret,
      redirectUri,
      idUrl: twitch.idUrl,
      broadcasters: [],
      login: 'auto',
      timeout: 2_000,
      ...config,
    });
  }

  get accountScopes(): AccountScopes {
    return new AccountScopes(this.scopes, this.config);
  }

  get folders() {
    return { bot: this.folder, state: path.join(this.folder, 'state') };
  }

  get tokenFile(): string {
    return path.join(this.folders.state, 'tokens.json');
  }

  /** A browser that opens pages and logs in by itself. */
  browser(options?: ScriptedBrowserOptions) {
    const browser = new ScriptedBrowser(options);
    const visits: ReturnType<ScriptedBrowser['visit']>[] = [];
    return {
      history: browser.history,
      visits,
      open: async (url: string) => {
        const visit = browser.visit(url);
        visits.push(visit);
        visit.catch(() => {});
        return true;
      },
    };
  }

  /** Everything under the folder, as text. */
  async storedText(): Promise<string> {
    const names = await readdir(this.folder, { recursive: true, withFileTypes: true });
    const files = names.filter((entry) => entry.isFile());
    const texts = files.map((entry) => readFile(path.join(entry.parentPath, entry.name), 'utf8'));
    return (await Promise.all(texts)).join('\n');
  }

  /** What lies in the state folder, by name. */
  async storedFiles(): Promise<ReadonlyMap<string, string>> {
    const names = await readdir(this.folders.state);
    const texts = names.map(
      async (name) => [name, await readFile(path.join(this.folders.state, name), 'utf8')] as const,
    );
    return new Map(await Promise.all(texts));
  }

  /** Number of requests to an endpoint so far. */
  count(endpoint: string, grantType?: string): number {
    return this.twitch.id.requests.filter(
      (request) =>
        request.path.endsWith(`/${endpoint}`) &&
        (grantType === undefined || request.grantType === grantType),
    ).length;
  }

  async stop(): Promise<void> {
    await this.twitch.stop();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 9 });
  }
}

/** The plugin's services as a program beside the bot has them: by the plugin's own register, without a start. */
export async function borrowServices(
  fixture: OAuthFixture,
  options: {
    readonly plugin?: Plugin;
    readonly browser?: Browser;
    readonly config?: Partial<OAuthConfig>;
    readonly scopes?: Readonly<Record<string, NonNullable<Plugin['scopes']>>>;
  } = {},
) {
  const { plugin = oauth, browser = fixture.browser({ as: 'pertybot' }), config = {} } = options;
  const { scopes = { irc: ['chat:read', 'chat:edit'], texts: ['chat:edit'] } } = options;
  const wanting = Object.entries(scopes).map(([name, each]) =>
    definePlugin({ name, scopes: each, start() {} }),
  );
  const { folders, prompt } = fixture;
  const bot = await startTestBot([plugin, ...wanting], {
    ...{ start: false, realClock: true, folders, browser, prompt },
    config: { [plugin.name]: JSON.parse(JSON.stringify({ ...fixture.config, ...config })) },
  });
  const get = <Service>(token: InjectionToken<Service>): Service => {
    const service = bot.borrow(token, AccessTokens)?.service;
    if (service === undefined) throw new TypeError('The plugin binds no such service.');
    return service;
  };
  return {
    log: bot.log,
    login: get(Login),
    logins: get(Logins),
    refresher: get(TokenRefresher),
    store: get(TokenStore),
    validator: get(TokenValidator),
  };
}

/** Requested scopes that a test sets. */
export class FakeScopes implements RequestedScopes {
  private readonly listeners = new Set<(list: readonly RequestedScope[]) => void>();

  constructor(
    public list: readonly RequestedScope[] = [
      { scope: 'chat:read', account: 'bot', plugins: ['irc'] },
      { scope: 'chat:edit', account: 'bot', plugins: ['irc', 'texts'] },
    ],
  ) {}

  onChange(listener: (list: readonly RequestedScope[]) => void) {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  want(scopes: readonly RequestedScope[]) {
    const before = this.list;
    this.change([...before, ...scopes]);
    return () => this.change(before);
  }

  change(list: readonly RequestedScope[]): void {
    this.list = list;
    for (const listener of this.listeners) listener(list);
  }
}

/** A clock that runs faster than time, for waits that a test would rather not sit through. */
export class FastClock implements Clock {
  private readonly real = new SystemClock();

  /** @param speed how many times faster */
  constructor(private readonly speed: number) {}

  now(): number {
    return this.real.now() * this.speed;
  }

  date(): Date {
    return this.real.date();
  }

  after(delay: number, task: () => void) {
    return this.real.after(delay / this.speed, task);
  }
}

/** A port that nobody uses at the moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/** Settings for parts that need no simulator. */
export const plainConfig: OAuthConfig = {
  clientId: 'client-of-the-bot',
  clientSecret: 'secret-of-the-client',
  redirectUri: 'http://localhost:3000/',
  idUrl: twitchIdUrl,
  broadcasters: [],
  login: 'auto',
  timeout: 2_000,
};

/** Waits until `check` gives something, looking whenever the event loop is idle; fails after twenty seconds. */
export async function eventually<Result>(check: () => Result | undefined | false): Promise<Result> {
  const deadline = performance.now() + 20_000;
  for (;;) {
    const result = check();
    if (result !== undefined && result !== false) return result;
    if (performance.now() > deadline) throw new Error(`Never came true: ${check}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
