import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import type { HostedPlugin } from './hosted-plugin.js';

type Printed = Pick<HostedPlugin, 'module' | 'version' | 'files' | 'written'>;

/**
 * Tells one state of a plugin from another: the content of its files, or of its package by version, integrity and
 * main file; and its config as plugins.yaml has it, without the values of variables.
 * @param folder of the bot, whose `node_modules` know the integrity of packages
 */
export async function fingerprintOf(hosted: Printed, folder: string): Promise<string> {
  const { module, version = '', files, written } = hosted;
  const code =
    files.length > 0
      ? await Promise.all([...files].sort().map(hashFile))
      : [version, await integrityOf(module, folder), await hashFile(fileURLToPath(module))];
  return hash(JSON.stringify([code, written]));
}

async function hashFile(file: string): Promise<string> {
  return hash(await readFile(file).catch(() => ''));
}

function hash(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

const lockSchema = v.object({
  packages: v.record(v.string(), v.looseObject({ integrity: v.optional(v.string()) })),
});

/** What npm noted of the package around a module; empty where it noted nothing. */
async function integrityOf(module: string, folder: string): Promise<string> {
  try {
    const text = await readFile(path.join(folder, 'node_modules', '.package-lock.json'), 'utf8');
    const { packages } = v.parse(lockSchema, JSON.parse(text));
    const within = path.relative(folder, fileURLToPath(module)).split(path.sep).join('/');
    const around = Object.keys(packages).filter((name) => within.startsWith(`${name}/`));
    const nearest = around.sort((a, b) => b.length - a.length)[0];
    return nearest === undefined ? '' : (packages[nearest]?.integrity ?? '');
  } catch {
    return '';
  }
}
