import { describe, expect, it } from '@jest/globals';
import { describeAllow, isAllowed } from '../../src/commands/allow.js';
import { type Role, roles } from '../../src/contracts/chat.js';
import { makeUser } from '../../src/testing/fake-chat.js';

const known = { is: (login: string, user: { readonly id: string }) => user.id === `id-${login}` };
const holder = (role: Role) => makeUser({ as: role, roles: [role] });

describe('isAllowed', () => {
  it.each(roles)('lets %s and every higher role in, and no lower one', (least) => {
    const admitted = roles.filter((role) => isAllowed(holder(role), least, known));
    expect(admitted).toEqual(roles.slice(roles.indexOf(least)));
  });

  it('lets exactly the members of a list in, and the broadcaster', () => {
    const admitted = roles.filter((role) => isAllowed(holder(role), ['subscriber'], known));
    expect(admitted).toEqual(['subscriber', 'broadcaster']);
  });

  it('knows a user of a list by id', () => {
    const allow = ['@Alice', 'moderator'] as const;
    expect(isAllowed(makeUser({ as: 'Alice' }), allow, known)).toBe(true);
    expect(isAllowed(makeUser({ as: 'NewName', userId: 'id-alice' }), allow, known)).toBe(true);
    expect(isAllowed(makeUser({ as: 'Alice', userId: 'id-thief' }), allow, known)).toBe(false);
  });
});

describe('describeAllow', () => {
  it('says it in words', () => {
    expect(describeAllow('moderator')).toBe('moderators');
    expect(describeAllow(['vip', 'subscriber', '@alice'])).toBe('VIPs, subscribers and @alice');
    expect(describeAllow([])).toBe('the broadcaster');
  });
});
