import type { Fed } from '../../shared/feed.js';
import { type Stage, stageOf, stages, unpaidStages, wordsOf } from './stages.js';
import type { Outcome, Step, Trail } from './trail.js';

type Told<Type extends Fed['type']> = Extract<Fed, { type: Type }>;

/** Movements of pins that are told one by one; blinking makes many. */
const mostMoves = 6;

/** A {@link Trail} while its parts come in, in whatever order. */
export class DraftTrail {
  who = '';
  what = '';
  command = '';
  /** When it was last told of. */
  latest: number;
  private plugin = '';
  private took = 0;
  private roles: readonly string[] = [];
  private outcome: Outcome = 'told';
  private refusal: Told<'refusal'> | undefined;
  private ranAt: number | undefined;
  private readonly moves: Step[] = [];
  private readonly others: Step[] = [];

  constructor(
    readonly key: string,
    public at: number,
    readonly kind: Trail['kind'],
  ) {
    this.latest = at;
  }

  /** Whether a redemption is settled. */
  get isOver(): boolean {
    return this.outcome !== 'told';
  }

  hear({ user, text, at }: Told<'message'>): void {
    this.note(at);
    this.who = user.login;
    this.what = text;
    this.roles = user.roles;
  }

  run({ command, plugin, user, took, at, redemption }: Told<'command'>): void {
    this.note(at - Math.round(took));
    this.ask(command, user);
    this.plugin = plugin;
    this.took = took;
    this.ranAt = at;
    this.outcome = 'ran';
    if (redemption) this.add(at, 'settled', `fulfilled: ${redemption.cost} points are spent`);
  }

  refuse(refusal: Told<'refusal'>): void {
    const { command, user, at, redemption } = refusal;
    this.note(at);
    this.ask(command, user);
    this.refusal = refusal;
    this.outcome = 'refused';
    if (redemption) this.add(at, 'settled', `refunded: ${redemption.cost} points go back`);
  }

  reply({ at, text, dropped }: Told<'reply'>): void {
    this.add(at, 'reply', dropped ? `not said, ${dropped}: ${text}` : text);
  }

  fault({ at, text }: Told<'fault'>): void {
    this.outcome = 'refused';
    this.others.push({ at, stage: 'driver', text: `failed: ${text}`, isEnd: true });
  }

  move({ at, gadget, pin, on, dryRun }: Told<'pin'>): void {
    this.note(at);
    if (this.command === '') this.command = gadget;
    const tried = dryRun ? ', only tried' : '';
    this.moves.push({
      at,
      stage: 'driver',
      text: `${gadget} ${on ? 'on' : 'off'} at ${pin}${tried}`,
    });
  }

  /** An event of a channel, or somebody redeemed something. */
  happen({ at, name, user, facts }: Told<'event'>, text: string): void {
    this.note(at);
    this.who = user?.login ?? '';
    this.roles = user?.roles ?? [];
    this.what = text;
    this.command = this.kind === 'redemption' ? `${facts.title ?? name}` : name;
    this.add(at, this.kind === 'event' ? 'event' : 'heard', text);
  }

  settle({ at, facts }: Told<'event'>): void {
    const back = facts.status === 'canceled';
    this.add(at, 'settled', `Twitch says: ${back ? 'the points are back' : `${facts.status}`}`);
  }

  react({ at, plugin, did, text }: Told<'reaction'>): void {
    if (did !== undefined) this.outcome = 'ran';
    else if (this.outcome === 'told') this.outcome = 'refused';
    const step = did === undefined ? `${plugin} set nothing off: ${text}` : `${plugin}: ${did}`;
    this.others.push({ at, stage: 'event', text: step, isEnd: did === undefined });
  }

  /** A pin moves, and nobody in chat has asked for it. */
  own({ gadget, on, cause }: Told<'pin'>): void {
    this.outcome = 'ran';
    this.who = cause?.by ?? '';
    this.what = `${gadget} ${on ? 'on' : 'off'}`;
  }

  /** A gadget was asked by nobody in chat. */
  begin({ at, gadget, event, state, cause }: Told<'gadget'>): void {
    this.note(at);
    this.outcome = 'ran';
    this.who = cause?.by ?? '';
    this.command = gadget;
    this.what = `${gadget} ${event}`;
    this.add(at, 'driver', `${gadget} is ${state}`);
  }

  toTrail(): Trail {
    const { key, at, kind, who, what, command, outcome } = this;
    const end = this.refusal && stageOf(this.refusal.reason);
    const way = this.isAsked ? this.passed(end) : [];
    const steps = [...way, ...this.others, ...this.fewMoves]
      .toSorted((one, other) => placeOf(one) - placeOf(other) || one.at - other.at)
      .map((step) => ({ ...step, at: Math.max(step.at, at) }));
    const told = new Set(steps.map(({ stage }) => stage));
    const last = end === undefined ? stages.length : stages.indexOf(end);
    const unreached = this.stations.filter((stage) => {
      return stages.indexOf(stage) > last && !told.has(stage);
    });
    return { key, at, kind, who, what, command, outcome, steps, unreached };
  }

  private get isAsked(): boolean {
    return this.kind === 'message' || this.kind === 'redemption';
  }

  private get stations(): readonly Stage[] {
    if (this.kind === 'message') return stages;
    return stages.filter((stage) => !unpaidStages.includes(stage));
  }

  private get fewMoves(): readonly Step[] {
    const [last] = this.moves.slice(-1);
    if (last === undefined || this.moves.length <= mostMoves) return this.moves;
    const more = this.moves.length - mostMoves + 1;
    const rest = { at: last.at, stage: 'driver', text: `and ${more} more times` } as const;
    return [...this.moves.slice(0, mostMoves - 1), rest];
  }

  /** The stations before the one at which it ended, and that one. */
  private passed(end: Stage | undefined): readonly Step[] {
    const { at, refusal, ranAt } = this;
    const heard: Step = { at, stage: 'heard', text: this.what };
    const own = this.kind === 'message' ? [heard] : [];
    if (refusal === undefined && ranAt === undefined) return own;
    const last = end === undefined ? stages.length : stages.indexOf(end);
    const passed = this.stations
      .slice(1)
      .filter((stage) => stages.indexOf(stage) < last)
      .flatMap((stage) => this.stepAt(stage) ?? []);
    if (refusal === undefined || end === undefined) return [...own, ...passed];
    const { reason, text, retryAfter } = refusal;
    const again = retryAfter ? `, again in ${Math.ceil(retryAfter / 1_000)} s` : '';
    const why = `refused (${reason}): ${text ?? wordsOf(reason)}${again}`;
    return [...own, ...passed, { at: refusal.at, stage: end, text: why, isEnd: true }];
  }

  private stepAt(stage: Stage): Step | undefined {
    const { at, moves, ranAt } = this;
    const step = (text: string, when = at): Step => ({ at: when, stage, text });
    const [first] = moves;
    if (stage === 'parsed')
      return step(this.plugin ? `${this.command} of ${this.plugin}` : this.command);
    if (stage === 'role') return step(this.roles.at(-1) ?? 'everyone');
    if (stage === 'arguments') return step(this.what.split(/\s+/).slice(1).join(' ') || 'none');
    if (stage === 'cooldown') return step('none left');
    if (stage === 'queue' && ranAt !== undefined)
      return step(`done in ${Math.round(this.took)} ms`, ranAt);
    if (stage === 'guard' && first !== undefined) return step('let it pass', first.at);
    return undefined;
  }

  private ask(command: string, user: Told<'command'>['user']): void {
    this.command = command;
    this.who = user.login;
    this.roles = user.roles;
    if (this.what === '') this.what = command;
  }

  private add(at: number, stage: Step['stage'], text: string): void {
    this.note(at);
    this.others.push({ at, stage, text });
  }

  private note(at: number): void {
    this.at = Math.min(this.at, at);
    this.latest = Math.max(this.latest, at);
  }
}

/** Events are told by their time alone. */
function placeOf({ stage }: Step): number {
  if (stage === 'settled') return stages.length;
  return stage === 'event' ? -1 : stages.indexOf(stage);
}
