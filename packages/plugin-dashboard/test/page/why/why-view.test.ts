import { afterEach, describe, expect, it } from '@jest/globals';
import { stageOf, stages, unpaidStages, wordsOf } from '../../../src/page/why/stages.js';
import type { Fed } from '../../../src/shared/feed.js';
import { Drawn, endDrawn } from '../drawn.js';
import { Told } from '../told.js';

afterEach(endDrawn);

const draw = (feed: readonly Fed[] = []) =>
  Drawn.of('why/why-view', 'WhyView', { state: { feed } });
const titles = (drawn: Drawn) =>
  drawn.find('.trail').map((each) => {
    const [title] = each.texts('p');
    return title?.replace(/\d\d:\d\d:\d\d /, '');
  });

const { feed: some } = new Told()
  .say(1, 'alice', '!lamp on', 'a')
  .run(2, 'alice', 'lamp', 'a')
  .say(3, 'bob', '!horn', 'b')
  .refuse(4, 'bob', 'role', 'b', 'Only for subscribers.')
  .say(5, 'dora', 'what is that?', 'c')
  .happen(6, 'raid', { viewers: 5 }, 'emil');

/** Types into the field with that number, or ticks it. */
async function fill(drawn: Drawn, index: number, value: string | boolean): Promise<void> {
  const input = drawn.find('input')[index];
  if (input === undefined) throw new Error(`There is no field ${index}.`);
  if (typeof value === 'string') return drawn.type(input, value);
  return drawn.fire(Object.assign(input, { checked: value }), 'change');
}

describe('why', () => {
  it('is the way of each thing, the newest first, without plain lines', async () => {
    expect(titles(await draw(some))).toEqual([
      '• emil raids with 5 viewers',
      '✗ bob !horn',
      '✓ alice !lamp on',
    ]);
  });

  it('says where it ended, when, and what it did not get to', async () => {
    const drawn = await draw(some);
    expect(drawn.texts('.trail-end')).toEqual([
      expect.stringMatching(/^role \+?1 ms.*refused: role, Only for subscribers\.$/),
    ]);
    expect(drawn.text).toContain('cooldown');
    expect(drawn.the('.trail-refused').find('.trail-sign')[0]?.attributes.get('title')).toBe(
      'ended early',
    );
  });

  it('is looked through by viewer, with @ or without, in any case', async () => {
    const drawn = await draw(some);
    for (const word of ['bob', '@bob', ' BO', 'ob ']) {
      await fill(drawn, 0, word);
      expect(titles(drawn)).toEqual(['✗ bob !horn']);
    }
    await fill(drawn, 0, 'nobody');
    expect(drawn.text).toContain('Nothing of that kind.');
  });

  it('is looked through by command or event, with ! or without', async () => {
    const drawn = await draw(some);
    for (const word of ['lamp', '!lamp', 'LAM']) {
      await fill(drawn, 1, word);
      expect(titles(drawn)).toEqual(['✗ bob !horn', '✓ alice !lamp on']);
    }
    await fill(drawn, 1, 'raid');
    expect(titles(drawn)).toEqual(['• emil raids with 5 viewers']);
  });

  it('is refusals alone, or plain lines as well', async () => {
    const drawn = await draw(some);
    await fill(drawn, 2, true);
    expect(titles(drawn)).toEqual(['✗ bob !horn']);
    await fill(drawn, 2, false);
    await fill(drawn, 3, true);
    expect(titles(drawn)).toContain('• dora what is that?');
  });

  it('says so where nothing came, and has forty ways at most', async () => {
    const drawn = await draw();
    expect(drawn.text).toContain('Nothing yet. Say a command in chat.');
    const told = new Told();
    for (let count = 0; count < 400; count++) told.run(count, 'bob', `c${count}`, `${count}`);
    await drawn.tell({ feed: told.feed });
    expect(titles(drawn)).toHaveLength(40);
    expect(titles(drawn)[0]).toBe('✓ bob c399');
  });

  it('has names and lines as text', async () => {
    const evil = '<img src=x onerror=alert(1)>';
    const drawn = await draw(new Told().say(1, evil, evil, 'm').refuse(2, evil, evil, 'm').feed);
    expect(drawn.find('img')).toHaveLength(0);
  });
});

describe('the stations of a way', () => {
  it('are one for each reason, also for one that nobody knows', () => {
    for (const reason of ['', 'constructor', 'pin.', 'pin.maxOn', 'x.y', 'toString']) {
      expect(stages).toContain(stageOf(reason));
    }
    expect(unpaidStages.every((stage) => stages.includes(stage))).toBe(true);
  });

  it.each([
    ['cooldown', 'it is on cooldown'],
    ['busy', 'too many calls of it have not ended'],
    ['unmoved', 'nothing moved'],
    ['of.a.plugin', 'of.a.plugin'],
    ['toString', 'toString'],
  ])('tell of %s that %s', (reason, words) => {
    expect(wordsOf(reason)).toBe(words);
  });
});
