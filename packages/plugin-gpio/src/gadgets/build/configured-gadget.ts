import {
  type Clock,
  isRefusal,
  type Logger,
  messageOf,
  type Refusal,
  type Replies,
} from '@pertybot/core';
import type { Output } from '../../gpio.js';
import type { CrowdGadget } from '../crowd/crowd.js';
import type { CrowdPolicy } from '../crowd/crowd-policy.js';
import type { Gadget, Performed, VerbInfo } from '../gadget.js';
import type { Device } from '../gadget-kind.js';
import type { Accepted, BusyPolicy } from '../queue/gadget-runner.js';
import { GadgetRunner } from '../queue/gadget-runner.js';
import { askPaid, runPaid, waitPaid } from '../queue/paid-work.js';
import { type Ending, RunCall, refuseOver } from '../queue/run-scope.js';
import { type Action, readAction, type VerbTable } from '../verbs/action.js';
import { stateOf } from '../verbs/state-in-words.js';
import { describeVerb, isOngoing, type VerbResult } from '../verbs/verb.js';
import { verbReply } from '../verbs/verb-reply.js';
import { GadgetHealth } from './gadget-health.js';

/** What the owner says of one gadget, whatever its kind. */
export interface GadgetSettings {
  readonly name: string;
  readonly type: string;
  readonly about: string;
  readonly busy: BusyPolicy;
  readonly crowd?: CrowdPolicy | undefined;
  /** Who may switch it off while a crowd decides, beside those who always may. @default as the crowd does */
  readonly off?: 'anyone' | undefined;
  /** Whether its command waits for the stream to be live. @default false */
  readonly onlyLive?: boolean;
  /** Verbs that may be used. @default all */
  readonly verbs?: readonly string[] | undefined;
  /** What chat is told, by verb. */
  readonly replies: Readonly<Record<string, string>>;
}

/** What a gadget stands on. */
export interface GadgetSurroundings {
  readonly clock: Clock;
  readonly log: Logger;
  /** Pins that it has claimed. */
  readonly pins: readonly string[];
  /** Outputs that it has claimed. @default none */
  readonly outputs?: readonly Pick<Output, 'off'>[];
  /** What is said in chat. */
  readonly replies: Replies;
  /** Why one of these gadgets, on another machine, can do nothing now. */
  awayOf?(names: readonly string[]): Refusal | undefined;
  /** Hears of each verb that was begun. */
  begun(verb: string): void;
}

/** What became of an action. */
interface Work {
  /** Whether its turn came. */
  hasRun: boolean;
  /** How long it goes on, milliseconds. */
  lasts: number | undefined;
}

/** A device with its name, its verbs as the owner left them, and its queue. */
export class ConfiguredGadget implements Gadget, CrowdGadget {
  readonly verbTable: VerbTable;
  private readonly runner: GadgetRunner;
  private readonly health: GadgetHealth;
  private deciding: Pick<Gadget, 'idle' | 'ballot'> | undefined;

  constructor(
    private readonly settings: GadgetSettings,
    private readonly device: Device,
    private readonly around: GadgetSurroundings,
  ) {
    const { name, busy, verbs } = settings;
    const { direct } = device;
    const kept = Object.entries(device.verbs).filter(([verb]) => verbs?.includes(verb) ?? true);
    this.verbTable = { gadget: name, verbs: new Map(kept), direct };
    this.runner = new GadgetRunner(name, busy, (problem) => this.late(problem));
    this.health = new GadgetHealth(name, around.clock, around.log);
  }

  get name(): string {
    return this.settings.name;
  }

  get type(): string {
    return this.settings.type;
  }

  get about(): string {
    return this.settings.about;
  }

  get state(): string {
    return stateOf(this.device);
  }

  get busy(): boolean {
    return this.runner.busy;
  }

  get waiting(): number {
    return this.runner.waiting;
  }

  get pins(): readonly string[] {
    return this.around.pins;
  }

  get direct(): string | undefined {
    return this.device.direct;
  }

  get drives(): readonly string[] {
    return this.device.drives ?? [];
  }

  get crowd(): CrowdPolicy | undefined {
    return this.settings.crowd;
  }

  get onlyLive(): boolean {
    return this.settings.onlyLive ?? false;
  }

  /** Whether anyone switches it off without asking the crowd. */
  get anyoneEnds(): boolean {
    return this.settings.off === 'anyone';
  }

  get verbs(): readonly VerbInfo[] {
    return [...this.verbTable.verbs].map(describeVerb);
  }

  get usage(): string {
    const names = this.verbs.map(({ name }) => name).join('|');
    const values = new Set(this.verbs.flatMap(({ value }) => value ?? []));
    return `${this.name} <${names}>${values.size > 0 ? ` [${[...values].join('|')}]` : ''}`;
  }

  /** Whatever can begin at once does so before any promise is made. */
  perform(line: string): Promise<Refusal | Performed> {
    try {
      const action = readAction(line, this.verbTable);
      if (isRefusal(action)) return Promise.resolve(action);
      const no =
        askPaid() ??
        (action.verb.urgent ? undefined : (refuseOver(this.name) ?? this.health.resting));
      return no ? Promise.resolve(no) : this.act(action);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  private act(action: Action): Promise<Refusal | Performed> {
    const work: Work = { hasRun: false, lasts: undefined };
    const accepted = this.runner.run((run) => this.begin(action, run, work), action.verb.urgent);
    return this.tell(action, accepted, work);
  }

  private begin({ name, verb, value }: Action, own: Ending, work: Work): Promise<VerbResult> {
    work.hasRun = true;
    const paid = { gadget: this, run: () => verb.run(new RunCall(value, own)) };
    // A verb in JavaScript may give no promise.
    return Promise.resolve(runPaid(paid, own)).then((result) => {
      if (isRefusal(result)) return result;
      this.health.worked();
      this.around.begun(name);
      if (isOngoing(result)) work.lasts = result.lasts;
      return result;
    });
  }

  /** What fails is this gadget's fault, not one of the plugin that has them all. */
  private tell(
    action: Action,
    running: Promise<Refusal | Accepted>,
    work: Work,
  ): Promise<Refusal | Performed> {
    return running.then(
      (accepted) => (isRefusal(accepted) ? accepted : this.sayAccepted(action, accepted, work)),
      (error: unknown) => this.health.failed(error),
    );
  }

  private sayAccepted(action: Action, accepted: Accepted, work: Work): Performed {
    waitPaid(this.name, accepted, () => work.hasRun);
    const { place, done } = accepted;
    const goesOn = work.lasts === undefined ? {} : { lasts: work.lasts };
    if (place === undefined) return { text: this.reply(action), ...goesOn, done };
    const text = this.around.replies.text('gadget.place', { gadget: this.name, place: `${place}` });
    return { text: text ?? '', place, done };
  }

  /** Why it can do nothing now: it rests, or what it drives is away. */
  get away(): Refusal | undefined {
    return this.health.resting ?? this.around.awayOf?.(this.drives);
  }

  /** Whether pins show by themselves that it moved: its own, or those of the gadgets that it drives. */
  get hasProof(): boolean {
    return (this.around.outputs?.length ?? 0) > 0 || this.drives.length > 0;
  }

  async idle(): Promise<void> {
    await this.deciding?.idle();
    await this.runner.idle();
  }

  get ballot(): Gadget['ballot'] {
    return this.deciding?.ballot;
  }

  /** Has a crowd decide what it does. */
  decideBy(crowd: Pick<Gadget, 'idle' | 'ballot'>): void {
    this.deciding = crowd;
  }

  stop(): Promise<void> {
    return this.runner.stop();
  }

  async switchOff(): Promise<void> {
    const { device } = this;
    const { outputs = [], log } = this.around;
    const stopped = this.runner.stop();
    const { signal } = new AbortController();
    const off = async () =>
      device.switchOff ? device.switchOff() : device.verbs.off?.run({ value: undefined, signal });
    const all = await Promise.allSettled([off(), ...outputs.map((each) => each.off()), stopped]);
    for (const each of all) {
      if (each.status === 'fulfilled') continue;
      log.error(`"${this.name}" could not be switched off: ${messageOf(each.reason)}`);
    }
  }

  private reply(action: Action): string {
    const doer = { gadget: this.name, state: this.state, own: this.settings.replies };
    return verbReply(action, doer, this.around.replies);
  }

  private late(problem: unknown): void {
    if (!isRefusal(problem)) this.health.failed(problem);
    else this.around.log.warn(`"${this.name}" could not go on: ${problem.text ?? problem.reason}`);
  }
}
