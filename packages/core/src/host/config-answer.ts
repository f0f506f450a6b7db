import { messageOf } from '../contracts/errors.js';
import type { Plugin } from '../contracts/plugin.js';

type Schema = NonNullable<Plugin['config']>;
type Answer = Awaited<ReturnType<Schema['~standard']['validate']>>;

/** Milliseconds after which a schema that has not answered does not. */
const usualLimit = 10_000;

/**
 * What a plugin's schema says of a config.
 * @param limit milliseconds that it has
 * @returns a text that says why there is no answer, of a schema that throws or never ends
 */
export async function configAnswer(
  { '~standard': standard }: Schema,
  config: unknown,
  limit = usualLimit,
): Promise<Answer | string> {
  let timer: NodeJS.Timeout | undefined;
  try {
    const answer = standard.validate(config);
    if (!(answer instanceof Promise)) return answer;
    const late = new Promise<string>((resolve) => {
      timer = setTimeout(
        () => resolve(`its schema has not answered for ${limit / 1_000} s`),
        limit,
      );
    });
    return await Promise.race([answer, late]);
  } catch (error) {
    return messageOf(error);
  } finally {
    clearTimeout(timer);
  }
}
