import { statSync } from 'node:fs';
import type { PackagePlugin } from './plugin-resolver.js';

interface Imported {
  readonly plugin: PackagePlugin;
  readonly stamp: string;
}

/** By the packages' folders. As global as what it tells of: Node imports a module once in a process. */
const imported = new Map<string, Imported>();

/**
 * What runs of a package, which is what it was when this process imported it first: after an update on the disk
 * Node goes on with the modules that it has.
 * @returns the same when it is still that, or undefined of a package that was not imported yet
 */
export function importedPackage(now: PackagePlugin): PackagePlugin | undefined {
  const before = imported.get(now.folder);
  if (before === undefined) return undefined;
  return before.stamp === stampOf(now) ? now : before.plugin;
}

/** Notes that a package is being imported. */
export function noteImport(plugin: PackagePlugin): void {
  imported.set(plugin.folder, { plugin, stamp: stampOf(plugin) });
}

/** An update has another version, a new build of a linked package another time or size. */
function stampOf({ file, version }: PackagePlugin): string {
  const { mtimeMs, size } = statSync(file);
  return [version, file, mtimeMs, size].join(' ');
}
