import type { InjectionToken, Undo } from '@pertybot/core';
import type { PageRole } from './auth/role.js';

/** A page that a plugin adds. */
export interface AddedPage {
  /** Where it is, below `/pages/`: letters, digits and dashes. */
  readonly path: string;
  /** What the link to it says. */
  readonly title: string;
  /** Folder of its files; `index.html` is shown first. They may load nothing from elsewhere, and no inline script. */
  readonly files: string;
  /** Who may see it. @default 'viewer' */
  readonly role?: PageRole;
  /**
   * Answers a request to `/pages/<path>/api/<name>`; what it is given and what it returns is JSON. What it throws
   * is told as a sentence.
   */
  readonly api?: Readonly<Record<string, (body: unknown, role: PageRole) => unknown>>;
}

/** The page of the bot. */
export interface Pages {
  /** Address of the page, such as `http://localhost:7272/`. */
  readonly address: string;
  /** Makes a link that lets its bearer in once, within two minutes. */
  link(role?: PageRole): string;
  /** Adds a page. @returns takes it away; give that to `onStop` */
  add(page: AddedPage): Undo;
}

/** Injection token of {@link Pages}. */
export const Pages: InjectionToken<Pages> = Symbol.for('pertybot.Pages');
