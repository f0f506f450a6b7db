import { beforeEach, describe, expect, it } from '@jest/globals';
import { AuthorizationCodes } from '../../src/id/authorization-codes.js';
import { type Client, Clients } from '../../src/id/clients.js';
import { DeviceCodes } from '../../src/id/device-codes.js';
import { type Grant, Grants } from '../../src/id/grants.js';
import { opaque, opaqueRefresh, userCode } from '../../src/id/token-text.js';
import { TestClock } from '../simulator.js';

const account = { id: '1001', login: 'pertybot', displayName: 'PertyBot' };
const day = 24 * 60 * 60;

let clock: TestClock;
let grants: Grants;
let clients: Clients;
let secret: Client;
let open: Client;

beforeEach(() => {
  clock = new TestClock();
  grants = new Grants(clock.now);
  clients = new Clients();
  secret = clients.add({ id: 'secret', secret: 's', redirectUris: [] });
  open = clients.add({ id: 'open', redirectUris: [] });
});

const grantTo = (client: Client, more: Partial<Parameters<Grants['open']>[0]> = {}) =>
  grants.open({ client, account, scopes: ['chat:read'], lifetime: 60, ...more });

const refreshOf = ({ grant }: { readonly grant: Grant }) => grant.refreshToken ?? '';

describe('an access token', () => {
  it('works until its time is over, to the second, or for ever without one', () => {
    const { token } = grantTo(secret);
    const endless = grantTo(secret, { lifetime: undefined }).token;
    clock.pass(59.999);
    expect(grants.live(token)?.token).toBe(token);
    clock.pass(0.001);
    expect([grants.live(token), grants.known(token)?.token]).toEqual([undefined, token]);
    clock.pass(1_000 * day);
    expect(grants.live(endless)).toBeDefined();
  });

  it('has its scopes once each, in order, and no refresh token where it is nobody’s', () => {
    const scopes = ['chat:read', 'bits:read', 'chat:read'];
    const { grant } = grantTo(secret, { scopes, account: undefined });
    expect([grant.scopes, grant.refreshToken]).toEqual([['bits:read', 'chat:read'], undefined]);
  });

  it('gives way to the fifty-first of its grant, the oldest first', () => {
    const first = grantTo(secret);
    const all = [
      first,
      ...Array.from({ length: 50 }, () => grants.refresh(refreshOf(first), secret)),
    ];
    expect(all.map((each) => each !== undefined && grants.live(each.token) !== undefined)).toEqual([
      false,
      ...Array(50).fill(true),
    ]);
    expect(grants.live(grantTo(secret).token)).toBeDefined();
  });

  it('is none that nobody was given', () => {
    for (const wrong of ['', 'x', '__proto__', refreshOf(grantTo(secret))]) {
      expect([grants.live(wrong), grants.known(wrong)]).toEqual([undefined, undefined]);
    }
  });
});

describe('a refresh token', () => {
  it('is of its own client alone', () => {
    const token = refreshOf(grantTo(open));
    expect(grants.refresh(token, secret)).toBeUndefined();
    expect(grants.refresh(token, open)).toBeDefined();
  });

  it('works again and again with a secret, once without', () => {
    const reusable = refreshOf(grantTo(secret));
    for (let times = 0; times < 5; times++) expect(grants.refresh(reusable, secret)).toBeDefined();
    const once = refreshOf(grantTo(open));
    const next = grants.refresh(once, open);
    expect(grants.refresh(once, open)).toBeUndefined();
    expect(next && grants.refresh(refreshOf(next), open)).toBeDefined();
  });

  it('dies thirty days after it was made, without a secret; each new one has its own thirty', () => {
    const token = refreshOf(grantTo(open));
    const lasting = refreshOf(grantTo(secret));
    clock.pass(30 * day - 1);
    const next = grants.refresh(token, open);
    clock.pass(30 * day - 1);
    expect(next && grants.liveGrant(refreshOf(next))).toBeDefined();
    clock.pass(1);
    expect(next && grants.liveGrant(refreshOf(next))).toBeUndefined();
    clock.pass(999 * day);
    expect(grants.liveGrant(lasting)).toBeDefined();
  });
});

describe('a grant that is taken back', () => {
  it('takes all of its tokens along, and is told of', () => {
    const killed: Grant[] = [];
    grants.onKill((grant) => void killed.push(grant));
    const record = grantTo(secret);
    const other = grantTo(secret);
    grants.kill(record.grant);
    expect([grants.live(record.token), grants.refresh(refreshOf(record), secret)]).toEqual([
      ...[undefined, undefined],
    ]);
    expect([grants.live(other.token)?.token, killed]).toEqual([other.token, [record.grant]]);
  });

  it('is each of an application that goes, told of once however often it was refreshed', () => {
    const record = grantTo(open);
    let token = refreshOf(record);
    for (let times = 0; times < 5; times++)
      token = refreshOf(grants.refresh(token, open) ?? record);
    const stays = grantTo(secret);
    let count = 0;
    grants.onKill(() => void count++);
    grants.killAllOf('open');
    expect([count, grants.liveGrant(token), grants.live(stays.token)?.token]).toEqual([
      ...[1, undefined, stays.token],
    ]);
  });

  it('authorizes nothing any more', () => {
    const { grant } = grantTo(secret);
    expect(grants.authorizes('1001', 'secret')).toBe(true);
    expect([grants.authorizes('1001', 'open'), grants.authorizes('2', 'secret')]).toEqual([
      ...[false, false],
    ]);
    grants.kill(grant);
    expect(grants.authorizes('1001', 'secret')).toBe(false);
  });
});

describe('an authorization code', () => {
  it('works once, for ten minutes, for its client; another does not use it up', () => {
    const codes = new AuthorizationCodes(clock.now);
    const approval = { client: secret, account, scopes: [], redirectUri: 'http://localhost/' };
    const [one, late] = [codes.issue(approval), codes.issue(approval)];
    expect(codes.redeem(one, open)).toBeUndefined();
    expect(codes.redeem(one, secret)).toBe(approval);
    expect(codes.redeem(one, secret)).toBeUndefined();
    clock.pass(600);
    expect(codes.redeem(late, secret)).toBeUndefined();
    expect(codes.redeem('', secret)).toBeUndefined();
  });
});

describe('the codes of a device', () => {
  it('are found however a person writes them, until their time is over', () => {
    const devices = new DeviceCodes(clock.now, 1_800);
    const login = devices.issue(open, ['chat:read']);
    const { userCode: code, deviceCode } = login;
    const written = [code, code.toLowerCase(), `${code.slice(0, 4)}-${code.slice(4)}`, ` ${code} `];
    for (const each of written) expect(devices.byUserCode(each)).toBe(login);
    expect(devices.byDeviceCode(deviceCode)).toBe(login);
    for (const wrong of ['', 'x', code.slice(1), deviceCode, '12345678']) {
      expect(devices.byUserCode(wrong)).toBeUndefined();
    }
    clock.pass(1_800);
    expect([devices.byUserCode(code), devices.byDeviceCode(deviceCode)]).toEqual([
      ...[undefined, undefined],
    ]);
  });
});

describe('an application', () => {
  it('is public without a secret, and keeps what it is told otherwise', () => {
    expect(open).toMatchObject({ name: 'open', rotates: true, refreshLifetime: 30 * day });
    expect(secret).toMatchObject({ name: 'secret', rotates: false, refreshLifetime: undefined });
    const changed = clients.add({ id: 'secret', secret: 't', redirectUris: [], name: 'New' });
    expect([clients.find('secret'), clients.all.length]).toEqual([changed, 2]);
    clients.remove('secret');
    expect([clients.find('secret'), clients.find(null), clients.find('')]).toEqual(
      Array(3).fill(undefined),
    );
  });
});

describe('the texts of tokens', () => {
  it('are never the same, and lowercase where tmi.js would make them so', () => {
    const all = Array.from({ length: 500 }, () => opaque());
    expect(new Set(all).size).toBe(500);
    expect(all.every((each) => /^[a-z0-9]{30}$/.test(each))).toBe(true);
    expect(userCode()).toMatch(/^[A-Z]{8}$/);
  });

  it('find out who forgets to encode a refresh token, or does it twice', () => {
    const token = opaqueRefresh();
    expect(new URLSearchParams({ token }).toString()).not.toContain(token);
    expect(new URLSearchParams(`token=${token}`).get('token')).not.toBe(token);
    expect(decodeURIComponent(token)).not.toBe(token);
  });
});
