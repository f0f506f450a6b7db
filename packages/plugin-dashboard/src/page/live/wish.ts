import type { Answer } from '../../shared/feed.js';

/** How long a wish may take, milliseconds. */
const patience = 15_000;

/** How long a wish may take for which npm is run, milliseconds: on a Pi that is minutes. */
export const npmPatience = 600_000;

/** Asks something of the bot. Never throws: what went wrong is the answer. */
export async function wish<Result extends Answer = Answer>(
  path: string,
  body: object,
  limit = patience,
): Promise<Result | Answer> {
  try {
    const response = await fetch(`/api/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(limit),
    });
    const answer: Result = await response.json();
    return answer;
  } catch {
    return { done: false, text: 'The bot does not answer.' };
  }
}

/** Asks for something to look at. @returns undefined where there was no answer */
export async function look<Result>(path: string, limit = patience): Promise<Result | undefined> {
  try {
    const response = await fetch(path, { signal: AbortSignal.timeout(limit) });
    return await response.json();
  } catch {
    return undefined;
  }
}
