import { beforeEach, describe, expect, it } from '@jest/globals';
import { UndoList } from '../../src/host/undo-list.js';

let done: string[];
let errors: unknown[];
let list: UndoList;

beforeEach(() => {
  done = [];
  errors = [];
  list = new UndoList((error) => errors.push(error));
});

describe('UndoList', () => {
  it('gives back the last first, each when the one before is done', async () => {
    list.add(() => void done.push('first'));
    list.add(async () => {
      await Promise.resolve();
      done.push('second');
    });
    await list.run();
    expect(done).toEqual(['second', 'first']);
  });

  it('runs an undo once, however often it is asked', async () => {
    const undo = list.add(() => void done.push('once'));
    undo();
    undo();
    await list.run();
    await list.run();
    expect(done).toEqual(['once']);
  });

  it('runs what is added after the end at once', async () => {
    await list.run();
    list.add(() => void done.push('late'));
    expect(done).toEqual(['late']);
  });

  it('goes on behind an undo that fails, and tells', async () => {
    list.add(() => void done.push('first'));
    list.add(() => {
      throw new Error('sync');
    });
    list.add(() => Promise.reject(new Error('async')));
    await list.run();
    list.add(() => Promise.reject(new Error('late')));
    await Promise.resolve();
    await Promise.resolve();
    expect(done).toEqual(['first']);
    expect(errors).toEqual([new Error('async'), new Error('sync'), new Error('late')]);
  });

  it('does not wait for one that hangs once there is no more time', async () => {
    let tell = () => {};
    const late = new Promise<void>((resolve) => {
      tell = resolve;
    });
    list.add(() => void done.push('first'));
    list.add(async () => {
      done.push('slow');
      await new Promise(() => {});
    });
    list.add(() => new Promise(() => {}));
    const ended = list.run(late);
    tell();
    await ended;
    expect(done).toEqual(['slow', 'first']);
  });
});
