import { PluginError } from './errors.js';
import { nearest } from './nearest.js';

/** What a definition may have. */
const keys = [
  ...['name', 'about', 'config', 'needs', 'scopes', 'provides', 'stopTimeout'],
  ...['commands', 'gadgets', 'bringsGadget', 'replies'],
  ...['register', 'start', 'reconfigure', 'checks'],
];

const functions = ['register', 'start', 'reconfigure', 'checks', 'bringsGadget'];

/**
 * Checks what an author gives to `definePlugin`. TypeScript would have said it in an editor; in JavaScript, a
 * `strat` would be a plugin that does nothing, without a word.
 * @throws PluginError PLUGIN_INVALID with the first fault, thrown at the author's own line
 */
export function checkDefinition(definition: unknown): void {
  if (typeof definition !== 'object' || definition === null) {
    throw invalid(`definePlugin was given ${describe(definition)}`, 'a map with a name');
  }
  const given: Readonly<Record<string, unknown>> = { ...definition };
  const { name } = given;
  if (typeof name !== 'string' || !/^[^\s]+$/.test(name)) {
    const isText = typeof name === 'string' && name !== '';
    const what = isText
      ? `A plugin is called ${describe(name)}, and not by one word`
      : 'A plugin has no name';
    throw invalid(what, "name: 'hello'");
  }
  const say = (what: string, right: string) => invalid(`The plugin "${name}" ${what}`, right);
  for (const key of Object.keys(given)) {
    if (keys.includes(key)) continue;
    const meant = nearest(key, keys);
    throw say(
      `has an unknown "${key}"${meant === undefined ? '' : `, did you mean "${meant}"?`}`,
      `only ${keys.join(', ')}`,
    );
  }
  for (const key of functions) {
    if (given[key] !== undefined && typeof given[key] !== 'function') {
      throw say(`has ${describe(given[key])} as "${key}"`, `${key}() { … }`);
    }
  }
  if (given.config !== undefined && !isSchema(given.config)) {
    throw say(
      'has a "config" that is no schema',
      'config: v.strictObject({ sides: v.optional(v.number(), 6) })',
    );
  }
  checkNeeds(given.needs, say);
  checkLists(given, say);
  checkDeclared(given, say);
  checkReplies(given, say);
}

type Say = (what: string, right: string) => PluginError;

function checkNeeds(needs: unknown, say: Say): void {
  if (needs === undefined) return;
  const right = "needs: { gpio: Gpio }, with import { Gpio } from '@pertybot/plugin-gpio'";
  if (typeof needs !== 'object' || needs === null || Array.isArray(needs)) {
    throw say('has "needs" that are no map', right);
  }
  for (const [key, token] of Object.entries(needs)) {
    if (isToken(token)) continue;
    throw say(`has ${describe(token)} as its need "${key}", where a service must stand`, right);
  }
}

function checkDeclared({ commands, gadgets }: Readonly<Record<string, unknown>>, say: Say): void {
  const isMap = typeof commands === 'object' && commands !== null && !Array.isArray(commands);
  if (commands !== undefined && !isMap && typeof commands !== 'function') {
    throw say(
      'has "commands" that are no map',
      "commands: { 'roll [sides:int]': { about: 'Rolls a die' } }, or a function of the config that gives one",
    );
  }
  if (gadgets !== undefined && !(Array.isArray(gadgets) && gadgets.every(isKind))) {
    throw say(
      'has "gadgets" that is no list of kinds',
      'gadgets: [siren], with const siren = defineGadget({ type: "siren", … })',
    );
  }
}

function checkReplies({ replies }: Readonly<Record<string, unknown>>, say: Say): void {
  if (replies === undefined) return;
  const isMap = typeof replies === 'object' && replies !== null && !Array.isArray(replies);
  if (isMap && Object.values(replies).every(isSentence)) return;
  throw say(
    'has "replies" that are no sentences',
    "replies: { 'dice.full': 'The dice are full.' }",
  );
}

function isSentence(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return typeof value === 'string';
  const { text, about, knows = [], ...others }: Readonly<Record<string, unknown>> = { ...value };
  const isText = typeof text === 'string' && ['string', 'undefined'].includes(typeof about);
  const isList = Array.isArray(knows) && knows.every((name) => typeof name === 'string');
  return isText && isList && Object.keys(others).length === 0;
}

function isKind(value: unknown): boolean {
  const has = typeof value === 'object' && value !== null && 'type' in value;
  return has && typeof value.type === 'string' && value.type !== '';
}

function checkLists({ provides, scopes }: Readonly<Record<string, unknown>>, say: Say): void {
  if (provides !== undefined && !(Array.isArray(provides) && provides.every(isToken))) {
    throw say('has "provides" that is no list of services', 'provides: [Weather]');
  }
  if (scopes !== undefined && !(Array.isArray(scopes) && scopes.every(isScope))) {
    throw say(
      'has "scopes" that is no list of scopes',
      "scopes: ['chat:read', { scope: 'channel:manage:redemptions', account: 'broadcaster' }]",
    );
  }
}

function isScope(value: unknown): boolean {
  if (typeof value === 'string') return true;
  if (typeof value !== 'object' || value === null) return false;
  const { scope, account, ...others }: Readonly<Record<string, unknown>> = { ...value };
  const isAccount = account === 'bot' || account === 'broadcaster';
  return typeof scope === 'string' && isAccount && Object.keys(others).length === 0;
}

function isToken(value: unknown): boolean {
  return typeof value === 'function' || typeof value === 'symbol';
}

function isSchema(value: unknown): boolean {
  const isOne = typeof value === 'object' || typeof value === 'function';
  return isOne && value !== null && '~standard' in value;
}

function describe(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (typeof value === 'string') return `the text "${value.slice(0, 40)}"`;
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function invalid(what: string, right: string): PluginError {
  return new PluginError('PLUGIN_INVALID', `${what}.`, { hint: `Write: ${right}` });
}
