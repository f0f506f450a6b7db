import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { v } from '@pertybot/core';
import { toFolderError } from '../bot-folder/folder-error.js';
import { ownFile } from '../bot-folder/own-package.js';
import { runNpm } from '../plugins/npm.js';
import { CliError } from '../terminal/cli-error.js';

/** Folder of a bot in which the packages of a checkout lie. */
export const packagesFolder = 'packages';

const rootSchema = v.looseObject({ private: v.literal(true), workspaces: v.array(v.string()) });

const manifestSchema = v.looseObject({
  name: v.string(),
  version: v.string(),
  private: v.optional(v.boolean(), false),
});

/**
 * Root of the checkout from which this `pertybot` runs.
 * @returns undefined for one that was installed
 */
export function findCheckout(): string | undefined {
  const own = dirname(ownFile('package.json'));
  const root = join(own, '..', '..');
  // Sources are never published.
  if (!existsSync(join(own, 'src'))) return undefined;
  try {
    v.parse(rootSchema, JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
    return root;
  } catch {
    return undefined;
  }
}

/** A package of a checkout, packed into the folder of a bot. */
export interface PackedPackage {
  readonly name: string;
  /** As package.json of the bot names it, such as `file:packages/pertybot-0.1.0-1a2b3c4d.tgz`. */
  readonly spec: string;
}

/**
 * Packs every package of a checkout into {@link packagesFolder} of a bot, so that the bot runs without the checkout.
 * A file is named by what is in it: npm takes two of one name for the same.
 * @throws CliError CLI_NPM_FAILED when npm cannot pack, CLI_FOLDER_LOCKED when the folder cannot be written
 */
export async function packCheckout(
  root: string,
  folder: string,
  signal?: AbortSignal,
): Promise<readonly PackedPackage[]> {
  const manifests = readdirSync(join(root, 'packages'))
    .map((name) => join(root, 'packages', name, 'package.json'))
    .filter((file) => existsSync(file))
    .map((file) => v.parse(manifestSchema, JSON.parse(readFileSync(file, 'utf8'))))
    .filter((manifest) => !manifest.private);
  const work = await mkdtemp(join(tmpdir(), 'pertybot-pack-'));
  try {
    const wanted = manifests.map(({ name }) => `--workspace=${name}`);
    // Its scripts are those of the checkout, whose code runs already.
    const words = ['pack', ...wanted, '--silent', `--pack-destination=${work}`];
    await runNpm(words, { folder: root, signal, allowScripts: true });
    return await Promise.all(manifests.map((manifest) => take(manifest, work, folder)));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function take(
  { name, version }: v.InferOutput<typeof manifestSchema>,
  work: string,
  folder: string,
): Promise<PackedPackage> {
  const stem = `${name.replace(/^@/, '').replaceAll('/', '-')}-${version}`;
  const packed = join(work, `${stem}.tgz`);
  const bytes = await readFile(packed).catch((cause: unknown) => {
    throw new CliError('CLI_NPM_FAILED', `npm pack made no package of "${name}".`, { cause });
  });
  const file = `${stem}-${createHash('sha256').update(bytes).digest('hex').slice(0, 8)}.tgz`;
  const target = join(folder, packagesFolder);
  try {
    await mkdir(target, { recursive: true });
    await copyFile(packed, join(target, file));
  } catch (cause) {
    throw toFolderError(`"${join(target, file)}" cannot be written`, cause);
  }
  return { name, spec: `file:${packagesFolder}/${file}` };
}
