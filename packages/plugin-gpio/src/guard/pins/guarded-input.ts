import type { Undo } from '@pertybot/core';
import type { InputLine, Level } from '../../drivers/gpio-driver.js';
import { lineReleased } from '../../drivers/line-errors.js';
import type { Input, InputInfo } from '../../gpio.js';

/** What an input is; it never changes. */
export interface InputIdentity {
  readonly name: string;
  readonly plugin: string;
  readonly pin: string;
  readonly activeLow: boolean;
}

/** What a {@link GuardedInput} tells whoever claimed it. */
export interface InputSurroundings {
  /** Runs what a plugin listens with. */
  call(listener: () => unknown): void;
  /** Hears that the input is no longer there. */
  released(input: GuardedInput): void;
}

/** One input pin: levels become `pressed` and `released`. */
export class GuardedInput implements Input {
  private readonly listeners = {
    press: new Set<() => unknown>(),
    release: new Set<() => unknown>(),
  };
  private released = false;

  constructor(
    private readonly identity: InputIdentity,
    private readonly line: InputLine,
    private readonly around: InputSurroundings,
  ) {
    line.onEdge(({ level }) => this.tell(level));
  }

  get name(): string {
    return this.identity.name;
  }

  get pin(): string {
    return this.identity.pin;
  }

  get state(): 'pressed' | 'released' {
    if (this.released) throw lineReleased(this.line.offset);
    return this.isPressed(this.line.read()) ? 'pressed' : 'released';
  }

  get info(): InputInfo {
    const { name: gadget, plugin, pin } = this.identity;
    const level = this.line.read();
    return { gadget, plugin, pin, pressed: this.isPressed(level), level };
  }

  on(event: 'press' | 'release', listener: () => unknown): Undo {
    // A function of its own, so that each undo takes away its own when one listener is added twice.
    const entry = () => listener();
    this.listeners[event].add(entry);
    return () => void this.listeners[event].delete(entry);
  }

  /** Gives the pin back. Never throws; a second call does nothing. */
  release(): void {
    if (this.released) return;
    this.released = true;
    this.listeners.press.clear();
    this.listeners.release.clear();
    this.line.release();
    this.around.released(this);
  }

  private tell(level: Level): void {
    const event = this.isPressed(level) ? 'press' : 'release';
    for (const listener of [...this.listeners[event]]) this.around.call(listener);
  }

  private isPressed(level: Level): boolean {
    return level === (this.identity.activeLow ? 0 : 1);
  }
}
