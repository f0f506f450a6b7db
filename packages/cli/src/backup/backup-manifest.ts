import { createHash } from 'node:crypto';
import { messageOf, v } from '@pertybot/core';
import { CliError } from '../terminal/cli-error.js';
import { readTar, type TarFile, writeTar } from './tar.js';

/** What a path in the folder of a bot is to a backup. */
type BackupPart = 'always' | 'secret' | 'never';

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
function refusePath(path: string): void {
  const words = path.split('/');
  const leadsOut = words.some((word) => word === '' || word === '.' || word === '..');
  if (leadsOut || /[\p{Cc}\\]|^[a-z]:/iu.test(path) || Buffer.byteLength(path) > 1_024) {
    throw new Error(`"${path}" leads out of the folder.`);
  }
  if (partOf(path) === 'never') throw new Error(`"${path}" does not belong into a backup.`);
}

/** First file of every backup. */
export const manifestName = 'pertybot-backup.json';

const manifestSchema = v.object({
  format: v.literal('pertybot-backup'),
  version: v.number(),
  made: v.string(),
  pertybot: v.string(),
  /** Whether `.env` and the logins are in it. */
  secrets: v.boolean(),
  /** SHA-256 of each file, by its path. */
  files: v.record(v.string(), v.string()),
});

/** What a backup says of itself. */
export type BackupManifest = v.InferOutput<typeof manifestSchema>;

/** Version of the format that is written, and the newest that is read. */
const newest = 1;

/** Joins files with a manifest of them. */
export function packBackup(
  files: readonly TarFile[],
  about: Pick<BackupManifest, 'made' | 'pertybot' | 'secrets'>,
): Buffer {
  const hashes = files.map(({ path, bytes }) => [path, hashOf(bytes)]);
  const manifest: BackupManifest = {
    format: 'pertybot-backup',
    version: newest,
    ...about,
    files: Object.fromEntries(hashes),
  };
  const bytes = Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`);
  return writeTar([{ path: manifestName, mode: 0o600, bytes }, ...files]);
}

/** A backup that was found to be whole. */
export interface Backup {
  readonly manifest: BackupManifest;
  readonly files: readonly TarFile[];
}

/**
 * Reads a backup and looks at all of it: that each file is there, whole, and belongs into the folder of a bot.
 * @param name of the archive, for the error
 * @throws CliError CLI_BACKUP_INVALID
 */
export function unpackBackup(archive: Buffer, name: string): Backup {
  const refuse = (why: string, cause?: unknown): never => {
    throw new CliError('CLI_BACKUP_INVALID', `"${name}" cannot be restored: ${why}`, {
      hint: 'Nothing was changed; take another backup.',
      cause,
    });
  };
  try {
    const [first, ...files] = readTar(archive);
    if (first?.path !== manifestName) return refuse('it is no backup of PertyBot.');
    const manifest = v.parse(manifestSchema, JSON.parse(first.bytes.toString('utf8')));
    if (manifest.version > newest) return refuse('it was made by a newer PertyBot.');
    const hashes = new Map(Object.entries(manifest.files));
    for (const { path, bytes } of files) {
      refusePath(path);
      const hash = hashes.get(path);
      if (hash === undefined) return refuse(`"${path}" is there twice, or not in its list.`);
      if (hash !== hashOf(bytes)) return refuse(`"${path}" was changed.`);
      hashes.delete(path);
    }
    const [missing] = hashes.keys();
    if (missing !== undefined) return refuse(`"${missing}" is missing.`);
    const paths = new Set(files.map(({ path }) => path));
    const folder = files.flatMap(({ path }) => parentsOf(path)).find((path) => paths.has(path));
    if (folder !== undefined) return refuse(`"${folder}" is a file and a folder.`);
    return { manifest, files };
  } catch (error) {
    if (error instanceof CliError) throw error;
    return refuse(messageOf(error), error);
  }
}

function parentsOf(path: string): readonly string[] {
  const words = path.split('/');
  return words.slice(1).map((_, index) => words.slice(0, index + 1).join('/'));
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
