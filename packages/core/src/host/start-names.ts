import { nearest } from '../contracts/nearest.js';
import type { Plugin } from '../contracts/plugin.js';
import { contextNames } from './plugin-context.js';

/** The names that a function takes out of its first parameter, where they stand there as `{ gpio, command }`. */
const pattern = /^(?:async\s+)?(?:start\s*)?(?:function\s*\w*\s*)?\(\s*\{([^{}()=]*)\}/;

/** What is wrong with the names that `start` receives, and what to write. */
export interface StartNameFault {
  readonly message: string;
  readonly hint: string;
}

/**
 * A need with a name that `start` uses itself; or a name that `start` takes out of what it receives, where it is no need
 * and nothing that all receive: it would be undefined when it is used, far from where it was forgotten.
 */
export function startNameFault({ needs = {}, start }: Plugin): StartNameFault | undefined {
  const reserved = Object.keys(needs).find((name) => contextNames.some((each) => each === name));
  if (reserved !== undefined) {
    return {
      message: `its need "${reserved}" has a name that start uses itself`,
      hint: 'Give that need another name in definePlugin.',
    };
  }
  if (start === undefined) return undefined;
  const known = [...contextNames, ...Object.keys(needs)];
  const unknown = namesIn(String(start)).find((each) => !known.includes(each));
  if (unknown === undefined) return undefined;
  const meant = nearest(unknown, known);
  const token = unknown.charAt(0).toUpperCase() + unknown.slice(1);
  return {
    message: `its start takes "${unknown}", which it does not receive`,
    hint:
      meant === undefined
        ? `Name the service in definePlugin: needs: { ${unknown}: ${token} }`
        : `Did you mean "${meant}"? A service must be named under needs.`,
  };
}

function namesIn(source: string): readonly string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  const [, inner = ''] = pattern.exec(code) ?? [];
  return inner
    .split(',')
    .flatMap((part) => /^\s*([A-Za-z_$][\w$]*)\s*(?::|$)/.exec(part)?.[1] ?? []);
}
