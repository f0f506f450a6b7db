import type { ComponentType, render } from 'preact';
import { Live } from '../../src/page/live/live.js';
import { type LiveState, nothingYet } from '../../src/page/live/live-state.js';
import type { Me, PageGadget, PageOutput, PageReport } from '../../src/shared/feed.js';
import { FakeDocument, FakeElement } from './fake-document.js';

/** What a part of the page is drawn for. */
export interface DrawnOptions<Props> {
  readonly props?: Props;
  /** What is known of the bot. @default nothing */
  readonly state?: Partial<LiveState>;
  /** Who looks. @default its owner */
  readonly me?: Partial<Me>;
}

/** Loads a file of the page; TypeScript knows those with JSX only where it makes the page. */
const load = (file: string) => import(`../../src/page/${file}.js`);

/** What takes away each part that is drawn. */
const shown = new Set<() => Promise<void>>();

/** Takes away all that was drawn, with its timers and listeners. */
export async function endDrawn(): Promise<void> {
  for (const end of shown) await end();
  shown.clear();
}

/** Wishes that a page sent, and what it is answered; `asked` are such as `drive {"gadget":"lamp"}`. */
export class Wishes {
  readonly asked: string[] = [];
  /** By what is asked for. */
  readonly answers = new Map<string, unknown>();

  constructor() {
    Object.assign(globalThis, { fetch: (...words: [string, RequestInit?]) => this.take(...words) });
  }

  private async take(target: string, { body }: RequestInit = {}): Promise<Response> {
    const name = target.replace('/api/', '');
    this.asked.push(typeof body === 'string' ? `${name} ${body}` : name);
    const answer = this.answers.get(name) ?? { done: true, text: 'Done.' };
    if (answer instanceof Error) throw answer;
    return Response.json(answer);
  }
}

/** A gadget as the page knows it. */
export function gadgetOf(parts: Partial<PageGadget> = {}): PageGadget {
  const usual = { name: 'lamp', type: 'light', state: 'off', busy: false, waiting: 0, usage: '' };
  return { ...usual, pins: [], verbs: [], ...parts };
}

/** An output as the page knows it. */
export function outputOf(parts: Partial<PageOutput> = {}): PageOutput {
  const { on = false } = parts;
  const usual = { gadget: 'lamp', kind: 'light', pin: 'GPIO17', on, level: on ? 1 : 0 } as const;
  return { ...usual, ...parts };
}

/** A report with little in it. */
export function reportOf(parts: Partial<PageReport> = {}): PageReport {
  return { ...nothingYet.report, state: 'ready', ...parts };
}

/** A part of the page, drawn without a browser. */
export class Drawn {
  readonly root = new FakeElement('main', 'http://www.w3.org/1999/xhtml');
  readonly live = new Live('/events');

  private constructor(private readonly act: (work: () => void | Promise<void>) => Promise<void>) {}

  /**
   * Draws a part.
   * @param file below src/page, such as `board/header`
   * @param name of the component that it exports
   */
  static async of<Props extends object>(
    file: string,
    name: string,
    options: DrawnOptions<Props> = {},
  ): Promise<Drawn> {
    // Preact is ESM alone, and so is what is written with it.
    const { h, render } = await import('preact');
    const { act } = await import('preact/test-utils');
    const drawn = new Drawn(act);
    Object.assign(globalThis, { document: new FakeDocument(), window: globalThis });
    drawn.live.state = { ...nothingYet, link: 'live', ...options.state };
    const me: Me = { role: 'owner', pages: [], ...options.me };
    const { Page } = await load('live/use-live');
    const part: ComponentType<Props> | undefined = (await load(file))[name];
    if (part === undefined) throw new Error(`${file} has no "${name}".`);
    // Preact asks no more of a node than these have.
    const place = drawn.root as unknown as Parameters<typeof render>[1];
    const own = h(part, { ...options.props } as Props);
    shown.add(() => act(() => render(null, place)));
    await act(() => render(h(Page.Provider, { value: { live: drawn.live, me } }, own), place));
    return drawn;
  }

  get text(): string {
    return this.root.textContent;
  }

  find(sign: string): readonly FakeElement[] {
    return this.root.find(sign);
  }

  texts(sign: string): readonly string[] {
    return this.root.texts(sign);
  }

  /** The one element of that name or class. */
  the(sign: string): FakeElement {
    const [found, ...others] = this.find(sign);
    if (found === undefined || others.length > 0) {
      throw new Error(`There are ${others.length + (found ? 1 : 0)} of "${sign}".`);
    }
    return found;
  }

  /** The button that says so, or is called so. */
  button(name: string): FakeElement {
    const found = this.find('button').find(
      (each) => each.textContent === name || each.attributes.get('aria-label') === name,
    );
    if (found === undefined) throw new Error(`There is no button "${name}".`);
    return found;
  }

  /** Lets something happen to an element, and what follows from it. */
  async fire(element: FakeElement, type: string, parts: object = {}): Promise<void> {
    await this.act(async () => {
      element.fire(type, parts);
      // What is asked of the bot is answered in a later turn.
      await new Promise((resolve) => setImmediate(resolve));
    });
  }

  /** Lets the bot answer what was asked of it. */
  settle(): Promise<void> {
    return this.act(async () => {
      await new Promise((resolve) => setImmediate(resolve));
    });
  }

  press(name: string): Promise<void> {
    return this.fire(this.button(name), 'click');
  }

  /** Types something into an input, or chooses in a list. */
  type(element: FakeElement, value: string): Promise<void> {
    element.value = value;
    return this.fire(element, element.localName === 'select' ? 'change' : 'input');
  }

  /** The bot tells something new. */
  tell(state: Partial<LiveState>): Promise<void> {
    this.live.state = { ...this.live.state, ...state };
    return this.act(() => Reflect.get(this.live, 'tell').call(this.live));
  }
}
