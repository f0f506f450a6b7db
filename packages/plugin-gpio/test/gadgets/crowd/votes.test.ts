import { describe, expect, it } from '@jest/globals';
import { makeUser } from '@pertybot/core/testing';
import { Votes } from '../../../src/gadgets/crowd/votes.js';

function vote(votes: Votes, as: string, line: string): void {
  votes.take({ line, user: makeUser({ as }) });
}

describe('Votes', () => {
  it('counts the last vote of each viewer', () => {
    const votes = new Votes();
    for (const line of ['on', 'off', 'off', 'on']) vote(votes, 'alice', line);
    vote(votes, 'bob', 'off');
    vote(votes, 'carol', 'off');
    expect([votes.size, votes.votesFor('on'), votes.votesFor('off')]).toEqual([3, 1, 2]);
    expect(votes.winner?.line).toBe('off');
  });

  it('takes the first of those with as many votes', () => {
    const votes = new Votes();
    vote(votes, 'alice', 'on');
    vote(votes, 'bob', 'off');
    expect(votes.winner?.line).toBe('on');
    vote(votes, 'alice', 'off');
    vote(votes, 'alice', 'on');
    expect(votes.winner?.line).toBe('on');
  });

  it('has nothing when nobody voted', () => {
    const votes = new Votes();
    expect([votes.winner, votes.draw(0.5), votes.size]).toEqual([undefined, undefined, 0]);
    vote(votes, 'alice', 'on');
    expect(votes.draw(0.99)?.user.login).toBe('alice');
    votes.clear();
    expect([votes.winner, votes.votesFor('on')]).toEqual([undefined, 0]);
  });

  it('hears no more than 50,000 viewers', () => {
    const votes = new Votes();
    for (let index = 0; index < 60_000; index++) vote(votes, `viewer${index}`, 'on');
    vote(votes, 'viewer7', 'off');
    expect([votes.size, votes.votesFor('on'), votes.votesFor('off')]).toEqual([50_000, 49_999, 1]);
  });

  it('decides 30,000 viewers with as many votes at once', () => {
    const votes = new Votes();
    for (let index = 0; index < 30_000; index++) vote(votes, `viewer${index}`, `blink ${index}`);
    const begun = performance.now();
    expect(votes.winner?.line).toBe('blink 0');
    expect(votes.draw(0.5)?.line).toBe('blink 15000');
    votes.clear();
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});
