/** What a path in the folder of a bot is to a backup. */
export type BackupPart = 'always' | 'secret' | 'never';

const secretNames = /^\.env(?:\..*)?$|^\.(?:npmrc|netrc)$|\.(?:pem|key|p12|pfx)$/i;

const secretState = /^\.pertybot\/tokens(?:\.[a-z0-9_]{1,25})?\.json$/;
const ordinaryState = /^\.pertybot\/stores\/[^/]+\.json$/;

/** Backups that were made before. */
const earlier = /-backup-\d{8}-\d{6}\.tar\.gz$/;

/**
 * Whether a file or folder of a bot goes into a backup. What npm can bring again does not, nor what the bot makes anew.
 * @param path from the folder of the bot, with slashes
 */
export function partOf(path: string): BackupPart {
  const words = path.split('/');
  const name = words.at(-1) ?? '';
  // In any case, for where names of files have none.
  const [first = '', ...others] = words.map((word) => word.toLowerCase());
  if ([first, ...others].some((word) => word === 'node_modules' || word === '.git')) return 'never';
  if (first === '.pertybot') {
    if (path === '.pertybot' || path === '.pertybot/stores' || ordinaryState.test(path)) {
      return 'always';
    }
    return secretState.test(path) ? 'secret' : 'never';
  }
  if (others.length === 0 && earlier.test(name)) return 'never';
  return secretNames.test(name) && name !== '.env.example' ? 'secret' : 'always';
}

/**
 * Refuses a path of an archive that would lead out of the folder, or to where a backup has nothing.
 * @throws Error
 */
export function refusePath(path: string): void {
  const words = path.split('/');
  const leadsOut = words.some((word) => word === '' || word === '.' || word === '..');
  if (leadsOut || /[\p{Cc}\\]|^[a-z]:/iu.test(path) || Buffer.byteLength(path) > 1_024) {
    throw new Error(`"${path}" leads out of the folder.`);
  }
  if (partOf(path) === 'never') throw new Error(`"${path}" does not belong into a backup.`);
}
