/** What programs that run bots have of core, and plugins seldom need: values alone, since types are gone when a plugin runs. */
export const hostNames: readonly string[] = [
  'Bot',
  'watchBot',
  'catchProcessFaults',
  'watchStalls',
  'Deed',
  'CarriedValue',
  'isGadgetElsewhere',
  'SystemClock',
  'silentLogger',
  'lateImport',
  'namesIn',
  'refusalNames',
  'sayPlainly',
  'SpokenReplies',
  'eventFacts',
  'reactingEvents',
  'conditionEntries',
  'fitBy',
  'allSentences',
  'namesOf',
  'describeAllow',
  'serviceName',
  'OwnerControl',
  'findProblems',
  'fingerprintOf',
  'toWantedScope',
  'ConfigError',
  'PluginError',
  'botFileName',
  'readBotFileText',
  'readWrittenEntries',
  'BotFileEditor',
  'writeBotFileSchema',
  'toJsonSchema',
  'FolderPluginLoader',
  'placeOf',
  'readableStack',
  'resolvePlugin',
  'isPlugin',
  'judgeCoreRange',
  'isLocalUse',
  'packageNames',
  'defaultId',
  'firstPartyPlugins',
  'firstPartyProvider',
  'writeFileAtomically',
  'writeFileAtomicallySync',
  'othersStarted',
  'parseJson',
  'makePrivateFolder',
  'refuseStrangers',
  'takeLock',
  'lockHolder',
  'startTimeOf',
  'readTakeoverNotes',
  'removeTakeoverNotes',
  'takeoverNotePrefix',
  'durationForm',
];

/** Names of earlier versions, and what has their place. */
const renamed: Readonly<Record<string, string>> = { guardProcess: 'catchProcessFaults' };

const missingExport = /The requested module '([^']+)' does not provide an export named '([^']+)'/;

/**
 * Says where a name is that a plugin imports from `@pertybot/core` in vain.
 * @param message of the error with which Node ended the import
 * @returns undefined when it is about something else
 */
export function hintForMovedName(message: string): string | undefined {
  const [, module = '', name = ''] = missingExport.exec(message) ?? [];
  // A local plugin may import core by its URL, when its folder has none.
  if (!/^@pertybot\/core$|\/core\/lib\/index\.js$/.test(module)) return undefined;
  const now = Object.hasOwn(renamed, name) ? renamed[name] : name;
  if (now === undefined || !hostNames.includes(now)) return undefined;
  return `Write: import { ${now} } from '@pertybot/core/host'`;
}
