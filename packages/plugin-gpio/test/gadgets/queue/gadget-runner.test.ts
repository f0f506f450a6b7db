import { describe, expect, it } from '@jest/globals';
import { isRefusal, refuse } from '@pertybot/core';
import {
  type BusyPolicy,
  GadgetRunner,
  type Task,
} from '../../../src/gadgets/queue/gadget-runner.js';

/** Work that goes on until it is finished or ended. */
function work(log: string[], name: string) {
  let finish = () => {};
  const task: Task = async ({ signal }) => {
    log.push(`${name} begins`);
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const ended = new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    const rest = Promise.race([finished, ended]).then(() => {
      log.push(`${name} ${signal.aborted ? 'is ended' : 'finishes'}`);
    });
    return { rest };
  };
  return { task, finish: () => finish() };
}

function setUp(policy: BusyPolicy) {
  const log: string[] = [];
  const problems: unknown[] = [];
  const runner = new GadgetRunner('lamp', policy, (problem) => problems.push(problem));
  return { log, problems, runner };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('GadgetRunner', () => {
  it('replaces what runs, after it has ended', async () => {
    const { log, runner } = setUp({ name: 'replace' });
    await runner.run(work(log, 'a').task);
    await runner.run(work(log, 'b').task);
    expect(log).toEqual(['a begins', 'a is ended', 'b begins']);
    expect(runner.busy).toBe(true);
  });

  it('never runs two, however many come at once', async () => {
    const { log, runner } = setUp({ name: 'replace' });
    await Promise.all(['a', 'b', 'c'].map((name) => runner.run(work(log, name).task)));
    const running = new Set<string>();
    for (const line of log) {
      const [name = '', what] = line.split(' ');
      if (what === 'begins') running.add(name);
      else running.delete(name);
      expect(running.size).toBeLessThanOrEqual(1);
    }
    expect(running.size).toBe(1);
  });

  it('refuses while something runs', async () => {
    const { log, runner } = setUp({ name: 'refuse' });
    const first = work(log, 'a');
    await runner.run(first.task);
    expect(await runner.run(work(log, 'b').task)).toMatchObject({
      refused: true,
      reason: 'gadget.busy',
      text: 'lamp is busy.',
    });
    first.finish();
    await settle();
    expect(isRefusal(await runner.run(work(log, 'c').task))).toBe(false);
  });

  it('keeps a queue in order, up to its limit', async () => {
    const { log, runner } = setUp({ name: 'queue', limit: 2 });
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => work(log, name));
    if (!a || !b || !c || !d) throw new Error('There are four.');
    await runner.run(a.task);
    expect(await runner.run(b.task)).toMatchObject({ place: 1 });
    expect(await runner.run(c.task)).toMatchObject({ place: 2 });
    expect(await runner.run(d.task)).toMatchObject({ reason: 'gadget.queue' });
    a.finish();
    await settle();
    b.finish();
    await settle();
    c.finish();
    await settle();
    expect(log).toEqual([
      'a begins',
      'a finishes',
      'b begins',
      'b finishes',
      'c begins',
      'c finishes',
    ]);
  });

  it('waits for nothing with what is urgent, and forgets the queue', async () => {
    const { log, runner } = setUp({ name: 'queue', limit: 5 });
    await runner.run(work(log, 'a').task);
    await runner.run(work(log, 'b').task);
    await runner.run(async () => {
      log.push('off');
      return undefined;
    }, true);
    await settle();
    expect(log).toEqual(['a begins', 'off', 'a is ended']);
    expect(runner.waiting).toBe(0);
  });

  it('runs what is urgent, and is stopped, although work never ends', async () => {
    const { log, runner } = setUp({ name: 'queue', limit: 5 });
    const deaf: Task = async () => ({ rest: new Promise(() => {}) });
    const accepted = await runner.run(deaf);
    const off: Task = async () => {
      log.push('off');
      return undefined;
    };
    await runner.run(off, true);
    if (isRefusal(accepted)) throw new Error('It was accepted.');
    await accepted.done;
    await runner.idle();
    await runner.run(deaf);
    await runner.stop();
    expect([log, runner.busy]).toEqual([['off'], false]);
    // One that has not even begun to go on.
    void runner.run(() => new Promise(() => {}));
    await runner.run(off, true);
    await runner.run(work(log, 'b').task);
    expect(log).toEqual(['off', 'off', 'b begins']);
  });

  it('forgets who waits for what runs to end, when it is stopped or switched off', async () => {
    const { log, runner } = setUp({ name: 'replace' });
    const deaf: Task = async () => ({ rest: new Promise(() => {}) });
    for (const end of [() => runner.stop(), () => runner.run(async () => undefined, true)]) {
      await runner.run(deaf);
      const waits = runner.run(work(log, 'b').task);
      await end();
      expect(await waits).toMatchObject({ reason: 'gadget.ended', text: 'lamp was switched off.' });
    }
    expect(log).toEqual([]);
  });

  it('lets what was ended switch off before anything else begins', async () => {
    const { log, runner } = setUp({ name: 'replace' });
    await runner.run(work(log, 'a').task);
    const off = runner.run(async () => undefined, true);
    const next = runner.run(work(log, 'b').task);
    await Promise.all([off, next]);
    expect(log).toEqual(['a begins', 'a is ended', 'b begins']);
  });

  it('ends everything when it is stopped, and tells those who wait', async () => {
    const { log, runner } = setUp({ name: 'queue', limit: 5 });
    const first = await runner.run(work(log, 'a').task);
    const second = await runner.run(work(log, 'b').task);
    await runner.stop();
    if (isRefusal(first) || isRefusal(second)) throw new Error('Both were accepted.');
    await Promise.all([first.done, second.done]);
    expect(log).toEqual(['a begins', 'a is ended']);
    expect([runner.busy, runner.waiting]).toEqual([false, 0]);
  });

  it('goes on with the queue after a task that was refused or failed', async () => {
    const { log, problems, runner } = setUp({ name: 'queue', limit: 5 });
    const first = work(log, 'a');
    await runner.run(first.task);
    await runner.run(async () => refuse('pin.minOff'));
    await runner.run(async () => {
      throw new Error('loose wire');
    });
    await runner.run(work(log, 'b').task);
    first.finish();
    await settle();
    expect(log.at(-1)).toBe('b begins');
    expect(problems).toEqual([refuse('pin.minOff'), new Error('loose wire')]);
  });

  it('gives the refusal of a task that runs at once to whoever asked', async () => {
    const { runner } = setUp({ name: 'replace' });
    expect(await runner.run(async () => refuse('pin.minOff'))).toEqual(refuse('pin.minOff'));
    expect(runner.busy).toBe(false);
  });

  it('begins in the turn in which it is asked, and makes no signal that nobody asks for', async () => {
    const { runner } = setUp({ name: 'replace' });
    let signal: AbortSignal | undefined;
    let begun = false;
    const asked = runner.run(async (run) => {
      begun = true;
      await Promise.resolve();
      void runner.stop();
      // Made after its end, it has fired.
      signal = run.signal;
      return undefined;
    });
    expect(begun).toBe(true);
    await asked;
    expect(signal?.aborted).toBe(true);
  });

  it('is free again after a task that threw before it gave a promise', async () => {
    const { runner } = setUp({ name: 'replace' });
    const bad = () => {
      throw new Error('no chip');
    };
    await expect(runner.run(bad)).rejects.toThrow('no chip');
    expect(runner.busy).toBe(false);
    await runner.idle();
  });

  it('is free again after a task that threw', async () => {
    const { runner } = setUp({ name: 'refuse' });
    const fail = async () => {
      throw new Error('loose wire');
    };
    await expect(runner.run(fail)).rejects.toThrow('loose wire');
    expect(runner.busy).toBe(false);
  });

  it('is idle when nothing runs and nothing waits any more', async () => {
    const { log, runner } = setUp({ name: 'queue', limit: 5 });
    const [first, second] = [work(log, 'a'), work(log, 'b')];
    await runner.idle();
    await runner.run(first.task);
    await runner.run(second.task);
    const idle = runner.idle().then(() => log.push('idle'));
    first.finish();
    await settle();
    expect(log).toEqual(['a begins', 'a finishes', 'b begins']);
    second.finish();
    await idle;
    expect(log.slice(-2)).toEqual(['b finishes', 'idle']);
  });

  it('answers who asked for what ends itself at once, and never goes on', async () => {
    const { runner } = setUp({ name: 'replace' });
    const hang: Task = () => {
      void runner.stop();
      return new Promise(() => {});
    };
    expect(await runner.run(hang)).toMatchObject({ reason: 'gadget.ended' });
  });

  it('gives what was over in the turn in which all was ended', async () => {
    const { runner } = setUp({ name: 'replace' });
    const given = runner.run(() => Promise.resolve().then(() => undefined));
    expect(isRefusal((await Promise.all([given, runner.stop()]))[0])).toBe(false);
  });
});
