import { describe, expect, it } from '@jest/globals';
import { consentPage, plainPage } from '../../src/id/consent-page.js';
import { escapeHtml, page } from '../../src/id/html.js';
import { isScope, scopeMeaning, splitScopes } from '../../src/id/scopes.js';

const wild = `"><script>alert('x')</script>&amp;`;

describe('a page', () => {
  it('lets no text become a part of itself', () => {
    const texts = [
      escapeHtml(wild),
      page(wild, ''),
      plainPage(wild, wild),
      consentPage({
        ...{ clientName: wild, scopes: [wild], action: wild },
        accounts: [{ id: '1', login: wild, displayName: wild }],
        hidden: [[wild, wild]],
      }),
    ];
    for (const text of texts) {
      expect(text).not.toContain('<script');
      expect(text).toContain('&lt;script&gt;');
      expect(text).not.toMatch(/(?:value|name|action)="[^"]*>[^"]*"/);
    }
  });

  it('shows the first account as chosen, and each scope in words', () => {
    const text = consentPage({
      ...{ clientName: 'Demo', scopes: ['chat:read', 'unheard:of'], action: '/x', hidden: [] },
      accounts: ['one', 'two'].map((login) => ({ id: login, login, displayName: login })),
    });
    expect(text.match(/ checked>/g)).toHaveLength(1);
    expect(text).toMatch(/value="one" checked>/);
    expect(text).toContain('View live stream chat messages <code>chat:read</code>');
    expect(text).toContain('<li><code>unheard:of</code></li>');
  });

  it('says so where nothing is asked for', () => {
    const empty = { clientName: 'Demo', scopes: [], accounts: [], action: '/x', hidden: [] };
    expect(consentPage(empty)).toContain('It asks for nothing but your name.');
  });

  it('loads nothing from elsewhere', () => {
    expect(plainPage('a', 'b')).not.toMatch(/(?:src|href)="(?!data:)/);
  });
});

describe('a list of scopes', () => {
  it.each([
    [null, []],
    ['', []],
    ['  ', []],
    ['chat:read', ['chat:read']],
    [' chat:read  chat:edit ', ['chat:read', 'chat:edit']],
    ['chat:read\tchat:edit\n', ['chat:read', 'chat:edit']],
  ])('%j is %j', (list, scopes) => {
    expect(splitScopes(list)).toEqual(scopes);
  });
});

describe('a scope', () => {
  it.each(['chat:read', 'user:read:chat', 'bits:read', 'moderator:manage:shield_mode'])(
    'may be %s',
    (scope) => {
      expect(isScope(scope)).toBe(true);
    },
  );

  it.each(['chat:write', '', ':', 'chat:', ':read', 'Chat:read', 'chat::read', 'chat read', 'a,b'])(
    'is not %j',
    (scope) => {
      expect(isScope(scope)).toBe(false);
    },
  );

  it('is told as it is where nobody knows what it means', () => {
    for (const scope of ['unheard:of', 'constructor', '__proto__', '']) {
      expect(scopeMeaning(scope)).toBe(scope);
    }
  });
});
