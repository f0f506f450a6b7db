import { formatDuration } from '@pertybot/core';
import type { OutputInfo } from '../gpio.js';
import type { OutputLevels } from '../guard/levels/output-levels.js';
import { longestSilence } from '../guardian/heartbeat.js';

/** When an output is off again after something has died, as far as its settings prove it. */
export type OffBound =
  | {
      readonly provable: true;
      /** Milliseconds, at most; 0 where nothing can be on any more. */
      readonly within: number;
      /** Who or what ends it. */
      readonly by: string;
      /** `off within 0.5 s` */
      readonly text: string;
    }
  | {
      readonly provable: false;
      readonly why: string;
      /** `not provable` */
      readonly text: string;
    };

/** What can die, in the order in which it is told. */
export const deaths = ['bot', 'network', 'broker', 'power'] as const;

/** One of {@link deaths}. */
export type Death = (typeof deaths)[number];

/** How long an output stays on at worst, by what dies. */
export interface WorstCase extends Readonly<Record<Death, OffBound>> {
  readonly gadget: string;
  readonly pin: string;
  /** The machine that has the pin; absent for that of the bot. */
  readonly node?: string;
  /** A bot that stands still instead of dying. */
  readonly botHangs: OffBound;
}

/** What the worst case of a bot's own outputs depends on, beside the outputs. */
export interface WorstCaseSettings {
  readonly guardian: 'required' | 'optional';
  /** Milliseconds. */
  readonly chatLostAfter: number | 'never';
  /** Whether a plugin brings chat, so that chat can be missed. */
  readonly hasChat: boolean;
  /** Of a machine whose outputs a host holds on: milliseconds without its renewal. */
  readonly lease?: number | undefined;
  /** Those of the outputs whose safe level is known. */
  readonly levels: readonly OutputLevels[];
}

/** Milliseconds from the death of a bot until its guardian has switched off; the hardware suites hold it. */
const deathBound = 500;

/** Milliseconds that the guardian may take once the silence was too long, and past the end of an output. */
const guardianMargin = 500;

/** The least silence, milliseconds, after which a chat that stands is lost, and how often that is looked at. */
const leastChatSilence = 20_000;
const chatMargin = 2_000;

/** That it is off in any case, and by what. */
export function offWithin(within: number, by: string): OffBound {
  if (within === Number.POSITIVE_INFINITY) return notProvable('it may be on without end');
  const text = within === 0 ? 'off at once' : `off within ${formatBound(within)}`;
  return { provable: true, within, by, text };
}

/** That no setting shows when it is off. */
export function notProvable(why: string): OffBound {
  return { provable: false, why, text: 'not provable' };
}

/** The worst cases of outputs that move pins. */
export function worstCases(
  outputs: readonly OutputInfo[],
  settings: WorstCaseSettings,
): readonly WorstCase[] {
  return outputs.filter(({ dryRun }) => !dryRun).map((output) => worstCaseOf(output, settings));
}

/** An output on another machine, as far as that machine has told of it. */
export interface RemoteOutput {
  readonly gadget: string;
  readonly pin: string;
  readonly node: string;
  /** Milliseconds; absent where nothing limits it. */
  readonly maxOn?: number;
  /** Absent where the machine did not say. */
  readonly guardian?: 'required' | 'optional';
  readonly dryRun?: boolean;
}

/**
 * The worst cases of outputs on other machines, where two bots can die: the host, which holds it on, and that of the
 * machine.
 * @param lease milliseconds after which the machine switches off what nobody asks for any more
 */
export function remoteWorstCases(
  outputs: readonly RemoteOutput[],
  lease = Number.POSITIVE_INFINITY,
): readonly WorstCase[] {
  return outputs
    .filter(({ dryRun }) => !dryRun)
    .map(({ gadget, pin, node, maxOn = Number.POSITIVE_INFINITY, guardian }) => {
      const leased = shorter(offWithin(maxOn, 'its longest time on'), byLease(lease));
      const silence = Math.min(longestSilence, maxOn) + guardianMargin;
      return {
        ...{ gadget, pin, node },
        bot: longer(leased, byGuardianOf(node, guardian, deathBound)),
        botHangs: longer(leased, byGuardianOf(node, guardian, silence)),
        network: leased,
        broker: leased,
        power: notProvable(`its wiring is known on "${node}" alone: run "pertybot check" there`),
      };
    });
}

function byGuardianOf(node: string, guardian: RemoteOutput['guardian'], within: number): OffBound {
  if (guardian === 'required') return offWithin(within, `its guardian on "${node}"`);
  return notProvable(`"${node}" may have it on while no guardian watches it`);
}

function worstCaseOf(
  { gadget, pin, limits: { maxOn = Number.POSITIVE_INFINITY } }: OutputInfo,
  settings: WorstCaseSettings,
): WorstCase {
  const ownTime = offWithin(maxOn, 'its longest time on');
  const leased = settings.lease === undefined ? ownTime : shorter(ownTime, byLease(settings.lease));
  const levels = settings.levels.find((each) => each.pin === pin);
  return {
    gadget,
    pin,
    bot: byGuardian(settings, deathBound),
    botHangs: byGuardian(settings, Math.min(longestSilence, maxOn) + guardianMargin),
    network: shorter(leased, byMissedChat(settings)),
    broker: leased,
    power: withoutPower(levels),
  };
}

function byGuardian({ guardian }: WorstCaseSettings, within: number): OffBound {
  if (guardian === 'required') return offWithin(within, 'its guardian');
  return notProvable('with "guardian: optional" it may be on while no guardian watches it');
}

function byLease(lease: number): OffBound {
  return offWithin(lease, 'the lease of its host');
}

function byMissedChat({ chatLostAfter, hasChat }: WorstCaseSettings): OffBound {
  if (!hasChat || chatLostAfter === 'never') return offWithin(Number.POSITIVE_INFINITY, '');
  const within = Math.max(chatLostAfter, leastChatSilence) + chatMargin;
  return offWithin(within, 'the guard, which misses chat');
}

/**
 * A pin without power drives nothing; when the power comes, its pull counts until the bot claims it. What feeds
 * the thing that hangs there no setting says: an input that is on at 0 V may see a dead Raspberry Pi as on.
 */
function withoutPower(levels: OutputLevels | undefined): OffBound {
  if (levels === undefined) return notProvable('no setting says at which level it is off');
  const { safe, powerOn, beforeBot } = levels;
  if (powerOn.on || beforeBot.on) {
    const wiring = safe === 1 ? 'active-low' : 'active-high';
    const { level } = powerOn.on ? powerOn : beforeBot;
    const way = level === 1 ? 'high' : 'low';
    return notProvable(`it is ${wiring}, and the pin is ${way} when the power comes back`);
  }
  if (safe === 1) {
    return notProvable(
      'it is active-low: fed by a supply of its own, it may take a Raspberry Pi without power for "on"',
    );
  }
  return offWithin(0, 'its pull');
}

function shorter(one: OffBound, other: OffBound): OffBound {
  if (!one.provable) return other.provable ? other : one;
  return other.provable && other.within < one.within ? other : one;
}

function longer(one: OffBound, other: OffBound): OffBound {
  if (!one.provable) return one;
  return !other.provable || other.within > one.within ? other : one;
}

/** `0.5 s`, `2 s`, `1 min 2 s`. */
function formatBound(milliseconds: number): string {
  const isShort = milliseconds < 10_000;
  return isShort ? `${Math.ceil(milliseconds / 100) / 10} s` : formatDuration(milliseconds);
}
