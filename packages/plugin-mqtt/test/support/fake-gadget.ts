import type { Refusal, SharedGadget } from '@pertybot/core';
import type { Performed, SharedOutput, VerbInfo } from '@pertybot/core/host';

/** A gadget in memory that keeps what it was asked, and does what the test says. */
export class FakeGadget implements SharedGadget {
  readonly type = 'light';
  readonly about = 'A lamp';
  readonly pins = ['GPIO17'];
  readonly usage: string;
  readonly asked: string[] = [];
  state = 'off';
  busy = false;
  waiting = 0;
  drives: readonly string[] = [];
  verbs: readonly VerbInfo[] = [{ name: 'on', about: 'Switches on' }];
  node?: string;
  /** What comes of being asked. */
  answer: () => Promise<Refusal | Performed> = async () => ({
    text: `${this.name} is on`,
    done: Promise.resolve(),
  });

  constructor(
    readonly name: string,
    /** Whether a pin of its own says whether it is on. */
    readonly hasPin = true,
  ) {
    this.usage = `${name} <on|off>`;
  }

  perform(line: string): Promise<Refusal | Performed> {
    this.asked.push(line);
    this.state = 'on';
    return this.answer();
  }

  async idle(): Promise<void> {}

  async stop(): Promise<void> {
    this.asked.push('stop');
  }

  async switchOff(): Promise<void> {
    this.asked.push('off');
    this.state = 'off';
  }
}

/** The gadgets of a machine, with an output for each that has a pin. */
export class FakeGadgets {
  readonly list: FakeGadget[];
  /** More outputs than those of its gadgets. */
  readonly more: SharedOutput[] = [];

  constructor(...gadgets: FakeGadget[]) {
    this.list = gadgets;
  }

  find(name: string): FakeGadget | undefined {
    return this.list.find((each) => each.name === name);
  }

  get outputs(): readonly SharedOutput[] {
    const own = this.list.filter(({ hasPin }) => hasPin);
    return [
      ...own.map(({ name: gadget, state }): SharedOutput => {
        const on = state === 'on';
        const driver = 'simulated';
        return { gadget, pin: 'GPIO17', kind: 'light', on, level: on ? 1 : 0, driver };
      }),
      ...this.more,
    ];
  }
}
