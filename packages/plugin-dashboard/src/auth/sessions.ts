import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { v } from '@pertybot/core';
import { parseJson, writeFileAtomically } from '@pertybot/core/host';
import { type PageRole, pageRoles } from './role.js';
import { fingerprint, makeSecret } from './secret.js';

const fileName = 'page-sessions.json';

const sessionsSchema = v.record(
  v.string(),
  v.object({ role: v.picklist(pageRoles), until: v.number() }),
);

/** How long one stays logged in, milliseconds. */
export const sessionLife = 30 * 24 * 3_600_000;

/** Sessions at the same time; a new one ends the oldest. */
const mostSessions = 100;

/** Who is logged in. Only fingerprints are kept, so that the file lets nobody in. */
export class Sessions {
  private readonly all = new Map<string, { readonly role: PageRole; readonly until: number }>();
  private tail: Promise<void> = Promise.resolve();

  private constructor(private readonly file: string) {}

  /** Those of a state folder: they outlive a restart of the bot. */
  static async open(stateFolder: string): Promise<Sessions> {
    const sessions = new Sessions(join(stateFolder, fileName));
    const text = await readFile(sessions.file, 'utf8').catch(() => '{}');
    const read = v.safeParse(sessionsSchema, parseJson(text));
    for (const [id, each] of Object.entries(read.success ? read.output : {})) {
      sessions.all.set(id, each);
    }
    return sessions;
  }

  /** Begins a session under an id that nobody knew before. @returns the id */
  async begin(role: PageRole, now = Date.now()): Promise<string> {
    const id = makeSecret();
    for (const [key, { until }] of this.all) if (until < now) this.all.delete(key);
    const [oldest] = this.all.keys();
    if (this.all.size >= mostSessions && oldest !== undefined) this.all.delete(oldest);
    this.all.set(fingerprint(id), { role, until: now + sessionLife });
    await this.write();
    return id;
  }

  /** @returns undefined where nobody is logged in under `id` */
  roleOf(id: string | undefined, now = Date.now()): PageRole | undefined {
    const session = id === undefined ? undefined : this.all.get(fingerprint(id));
    return session !== undefined && now <= session.until ? session.role : undefined;
  }

  async end(id: string | undefined): Promise<void> {
    if (id !== undefined && this.all.delete(fingerprint(id))) await this.write();
  }

  /** Ends all of them. */
  async endAll(): Promise<void> {
    this.all.clear();
    await this.write();
  }

  private write(): Promise<void> {
    const write = () =>
      writeFileAtomically(this.file, `${JSON.stringify(Object.fromEntries(this.all))}\n`);
    const written = this.tail.then(write);
    // A full disk keeps nobody out who has just been let in.
    this.tail = written.catch(() => {});
    return this.tail;
  }
}
