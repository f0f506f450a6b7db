/** A node of a page that nobody sees: as much of one as Preact draws on. */
export class FakeNode {
  readonly childNodes: FakeNode[] = [];
  parentNode: FakeNode | null = null;
  ownerDocument: FakeDocument | undefined;

  constructor(
    readonly nodeType: number,
    readonly localName: string,
    public data = '',
  ) {}

  get firstChild(): FakeNode | null {
    return this.childNodes[0] ?? null;
  }

  get nextSibling(): FakeNode | null {
    const siblings = this.parentNode?.childNodes ?? [];
    return siblings[siblings.indexOf(this) + 1] ?? null;
  }

  get textContent(): string {
    return this.nodeType === 3
      ? this.data
      : this.childNodes.map((each) => each.textContent).join('');
  }

  insertBefore(node: FakeNode, before: FakeNode | null): FakeNode {
    node.remove();
    const place = before === null ? this.childNodes.length : this.childNodes.indexOf(before);
    this.childNodes.splice(place, 0, node);
    node.parentNode = this;
    return node;
  }

  appendChild(node: FakeNode): FakeNode {
    return this.insertBefore(node, null);
  }

  removeChild(node: FakeNode): FakeNode {
    node.remove();
    return node;
  }

  remove(): void {
    const siblings = this.parentNode?.childNodes;
    siblings?.splice(siblings.indexOf(this), 1);
    this.parentNode = null;
  }

  contains(node: FakeNode): boolean {
    return node === this || this.childNodes.some((each) => each.contains(node));
  }
}

/** An element: its attributes as they would be written, and who hears what happens to it. */
export class FakeElement extends FakeNode {
  readonly attributes = new Map<string, string>();
  readonly style: Record<string, unknown> = {};
  value = '';
  private readonly listeners = new Map<string, (event: object) => unknown>();

  constructor(
    name: string,
    readonly namespaceURI: string | null,
  ) {
    super(1, name);
    Object.assign(this.style, {
      setProperty: (key: string, value: unknown) => {
        this.style[key] = value;
      },
    });
  }

  setAttribute(name: string, value: unknown): void {
    this.attributes.set(name, `${value}`);
  }

  removeAttribute(name: string): void {
    this.attributes.delete(name);
  }

  addEventListener(name: string, listener: (event: object) => unknown): void {
    this.listeners.set(name, listener);
  }

  removeEventListener(name: string): void {
    this.listeners.delete(name);
  }

  /** Lets something happen to it, as a hand or a key would. */
  fire(type: string, parts: object = {}): void {
    const listener = this.listeners.get(type);
    if (listener === undefined) throw new Error(`Nobody hears "${type}" of <${this.localName}>.`);
    // Preact calls its listener with the element as `this`.
    listener.call(this, { type, currentTarget: this, target: this, preventDefault() {}, ...parts });
  }

  /** All elements in it, itself first, in the order of the page. */
  get all(): readonly FakeElement[] {
    const below = this.childNodes.flatMap((each) => (each instanceof FakeElement ? each.all : []));
    return [this, ...below];
  }

  /** Elements of that name or class, such as `button` or `.pin-lit`. */
  find(sign: string): readonly FakeElement[] {
    const named = sign.startsWith('.') ? undefined : sign;
    return this.all.filter((each) =>
      named === undefined ? each.classes.includes(sign.slice(1)) : each.localName === named,
    );
  }

  /** Texts of the elements of that name or class. */
  texts(sign: string): readonly string[] {
    return this.find(sign).map((each) => each.textContent);
  }

  get classes(): readonly string[] {
    return (this.attributes.get('class') ?? '').split(/\s+/).filter(Boolean);
  }
}

/** Where Preact has its nodes from. */
export class FakeDocument {
  createElement(name: string): FakeElement {
    return this.createElementNS('http://www.w3.org/1999/xhtml', name);
  }

  createElementNS(namespace: string | null, name: string): FakeElement {
    return new FakeElement(name, namespace);
  }

  createTextNode(text: string): FakeNode {
    return new FakeNode(3, '#text', text);
  }
}
