import { SimulatorError } from '../simulator-error.js';
import { CookieJar } from './cookie-jar.js';
import { loadPage, type PageAnswer } from './load-page.js';
import { findNextStep, type NextStep } from './scripted-page.js';

/** How a {@link ScriptedBrowser} behaves. */
export interface ScriptedBrowserOptions {
  /** Whether it presses Approve, else Deny. @default true */
  readonly approve?: boolean;
  /** Login of the account that it chooses. @default the first one offered */
  readonly as?: string;
  /** Milliseconds for each page. @default 10000 */
  readonly timeout?: number;
}

/** The page on which a visit ended. */
export interface VisitedPage {
  readonly status: number;
  readonly url: string;
  readonly html: string;
}

/** More pages than any login has. */
const mostPages = 20;

/**
 * A browser without a window that logs in by itself: it follows redirects, presses what is marked
 * `data-login` or `id="login"`, and answers the simulator's consent page.
 * @example
 * await new ScriptedBrowser().visit('http://localhost:3000/');
 */
export class ScriptedBrowser {
  /** Every address that it was at, in order. They hold codes: for tests, not for logs. */
  readonly history: string[] = [];
  private readonly cookies = new CookieJar();

  constructor(private readonly options: ScriptedBrowserOptions = {}) {}

  /**
   * Opens a page and goes on until there is nothing more to press.
   * @throws SimulatorError `SIMULATOR_BROWSER_LOST` when a page cannot be loaded or it never ends
   */
  async visit(url: string): Promise<VisitedPage> {
    let step: NextStep = { url };
    for (let count = 0; count < mostPages; count += 1) {
      const answer = await this.load(step);
      const base = step.url;
      if (isRedirect(answer)) {
        step = { url: new URL(answer.location, base).href };
        continue;
      }
      const { approve = true, as } = this.options;
      const next = findNextStep(answer.body, base, { approve, as });
      if (next === undefined) return { status: answer.status, url: base, html: answer.body };
      step = next;
    }
    throw new SimulatorError(
      'SIMULATOR_BROWSER_LOST',
      `The login that began at "${origin(url)}" has not ended after ${mostPages} pages.`,
      { hint: 'Mark only the link that starts the login with id="login".' },
    );
  }

  private async load(step: NextStep): Promise<PageAnswer> {
    const url = new URL(step.url);
    this.history.push(step.url);
    try {
      const answer = await loadPage({
        url,
        form: step.form,
        cookies: this.cookies.header(url.hostname),
        timeout: this.options.timeout ?? 10_000,
      });
      this.cookies.keep(url.hostname, answer.cookies);
      return answer;
    } catch (cause) {
      // Only the origin: the rest of the address may hold a code.
      throw new SimulatorError(
        'SIMULATOR_BROWSER_LOST',
        `No page could be loaded from "${origin(step.url)}".`,
        { hint: 'Start what serves that page first.', cause },
      );
    }
  }
}

function isRedirect(answer: PageAnswer): answer is PageAnswer & { readonly location: string } {
  return answer.status >= 300 && answer.status < 400 && answer.location !== undefined;
}

function origin(url: string): string {
  return new URL(url).origin;
}
