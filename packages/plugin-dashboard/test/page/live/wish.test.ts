import { afterEach, describe, expect, it } from '@jest/globals';
import { look, wish } from '../../../src/page/live/wish.js';

const { fetch: own } = globalThis;
afterEach(() => {
  globalThis.fetch = own;
});

/** Lets every request be answered by `answer`. */
function answerBy(answer: (url: string, init: RequestInit) => Promise<Response>): void {
  globalThis.fetch = ((url: string, init: RequestInit) => answer(url, init)) as typeof fetch;
}

const json = (value: unknown, status = 200) => new Response(JSON.stringify(value), { status });

describe('a wish of the page', () => {
  it('goes to the bot as JSON, and what the bot says is the answer', async () => {
    let sent: unknown;
    answerBy(async (url, { method, headers, body }) => {
      sent = { url, method, headers, body };
      return json({ done: true, text: 'Done.' });
    });
    expect(await wish('drive', { gadget: 'lamp' })).toEqual({ done: true, text: 'Done.' });
    expect(sent).toEqual({
      url: '/api/drive',
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"gadget":"lamp"}',
    });
  });

  it('is answered by what was refused, too', async () => {
    answerBy(async () => json({ done: false, text: 'Log in first.' }, 401));
    expect(await wish('drive', {})).toEqual({ done: false, text: 'Log in first.' });
  });

  it('that nobody answers, or not in JSON, says so, and never throws', async () => {
    const silent = { done: false, text: 'The bot does not answer.' };
    answerBy(async () => {
      throw new TypeError('fetch failed');
    });
    expect(await wish('estop', { engage: true })).toEqual(silent);
    expect(await look('/api/me')).toBeUndefined();
    answerBy(async () => new Response('<html>'));
    expect(await wish('estop', { engage: true })).toEqual(silent);
    expect(await look('/api/me')).toBeUndefined();
  });

  it('waits no longer than it may', async () => {
    answerBy(
      (_, { signal }) =>
        new Promise((_, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason));
        }),
    );
    expect((await wish('estop', { engage: true }, 20)).done).toBe(false);
    expect(await look('/api/me', 20)).toBeUndefined();
  });
});
