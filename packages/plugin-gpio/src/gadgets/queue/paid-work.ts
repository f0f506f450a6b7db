import { attributionNow, isRefusal, type PaidDeed, type Refusal } from '@pertybot/core';
import type { PaidWork } from '@pertybot/core/host';
import { refuseWith } from '../../refuse-with.js';
import { isOngoing, type Ongoing, type VerbResult } from '../verbs/verb.js';
import type { Accepted } from './gadget-runner.js';
import type { Ending } from './run-scope.js';

/** What a verb is run with. */
interface PaidVerb {
  readonly gadget: PaidGadget;
  run(): Promise<VerbResult>;
}

/** Whose verb it is. */
interface PaidGadget {
  readonly name: string;
  /** Whether pins show by themselves that it moved. */
  readonly hasProof: boolean;
}

/**
 * Runs a verb, and has whoever paid for it hear what becomes of it: one that goes on is judged as a whole, by the
 * time that it takes.
 */
export function runPaid(verb: PaidVerb, ending: Ending): Promise<VerbResult> {
  const deed = attributionNow()?.deed;
  return deed === undefined ? verb.run() : runForDeed(deed, verb, ending);
}

async function runForDeed(deed: PaidDeed, verb: PaidVerb, ending: Ending): Promise<VerbResult> {
  const { run } = verb;
  const { name: gadget, hasProof } = verb.gadget;
  const no = hasProof ? deed.over : deed.willMove(gadget);
  if (no) return no;
  const work = deed.begin();
  let result: VerbResult;
  try {
    result = await run();
  } catch (error) {
    // What was ended may say so by throwing.
    const why = ending.signal.aborted ? 'gadget.ended' : 'gadget.failed';
    deed.refused(refuseWith(why, { gadget }));
    work.wasOne();
    throw error;
  }
  if (isRefusal(result)) deed.refused(result);
  // A lamp in the network has no pin: that it took the wish is all that is known.
  else if (!hasProof) deed.moved();
  if (!isOngoing(result)) {
    work.wasOne();
    return result;
  }
  work.goesOn(result.lasts);
  followPaid(result, work, ending.signal);
  return result;
}

function followPaid({ rest }: Ongoing, work: PaidWork, signal: AbortSignal): void {
  const cut = () => work.ended(true);
  if (signal.aborted) cut();
  signal.addEventListener('abort', cut, { once: true });
  const end = (isCut: boolean) => {
    signal.removeEventListener('abort', cut);
    work.ended(isCut || signal.aborted);
  };
  rest.then(
    (late) => end(isRefusal(late)),
    () => end(true),
  );
}

/**
 * Has whoever paid for it wait for what was accepted, which may have been forgotten in its queue.
 * @param hasRun whether its turn came
 */
export function waitPaid(gadget: string, { done }: Accepted, hasRun: () => boolean): void {
  const deed = attributionNow()?.deed;
  if (deed === undefined) return;
  const forgotten = refuseWith('gadget.ended', { gadget });
  deed.wait(done.then(() => (hasRun() ? undefined : deed.refused(forgotten))));
}

/** Why nothing is to be done for what was paid, as its points are back already. */
export function askPaid(): Refusal | undefined {
  const deed = attributionNow()?.deed;
  deed?.asked();
  return deed?.over;
}
