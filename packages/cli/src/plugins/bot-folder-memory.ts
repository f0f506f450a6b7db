import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCodeOf, v } from '@pertybot/core';
import { parseJson } from '@pertybot/core/host';
import { writeFileWhole } from '../bot-folder/write-files.js';
import { CliError } from '../terminal/cli-error.js';

/** The files that adding or removing a plugin changes. */
const rememberedFiles = ['plugins.yaml', 'package.json', 'package-lock.json'] as const;

const textOrNone = v.nullable(v.string());

/** The text of each file, or null where there was none, and whether npm had installed anything. */
const memorySchema = v.object({
  'plugins.yaml': textOrNone,
  'package.json': textOrNone,
  'package-lock.json': textOrNone,
  hadModules: v.boolean(),
});

type Memory = v.InferOutput<typeof memorySchema>;

/** Bytes of the reserve beyond those of the files, each of which takes whole blocks of the disk. */
const leastReserve = 16_384;

/**
 * A bot folder as it was before a change of its plugins. It lies on the disk until the change is
 * done, so that even a process that was killed leaves nothing half done: the next one puts it back.
 */
export class BotFolderMemory {
  private constructor(
    private readonly folder: string,
    private readonly memory: Memory,
  ) {}

  /** Remembers the folder as it is now. */
  static async take(folder: string): Promise<BotFolderMemory> {
    const texts = await Promise.all(rememberedFiles.map((name) => readOrNull(join(folder, name))));
    const [yaml = null, manifest = null, lock = null] = texts;
    const memory = new BotFolderMemory(folder, {
      'plugins.yaml': yaml,
      'package.json': manifest,
      'package-lock.json': lock,
      hadModules: existsSync(join(folder, 'node_modules')),
    });
    await memory.write();
    return memory;
  }

  /**
   * The memory that a killed process left in `folder`.
   * @throws CliError CLI_FOLDER_LOCKED when the disk has damaged it: nothing is changed on top of that
   */
  static async leftIn(folder: string): Promise<BotFolderMemory | undefined> {
    const text = await readOrNull(fileOf(folder));
    if (text === null) return undefined;
    const memory = v.safeParse(memorySchema, parseJson(text));
    if (memory.success) return new BotFolderMemory(folder, memory.output);
    const file = fileOf(folder);
    const message = `"${file}", by which an earlier change would be undone, is damaged.`;
    throw new CliError('CLI_FOLDER_LOCKED', message, {
      hint: `See that plugins.yaml and package.json are as they should be; then remove it: rm "${file}"`,
    });
  }

  /** Whether there was a lock file. */
  get hadLock(): boolean {
    return this.memory['package-lock.json'] !== null;
  }

  /** Whether there was a package.json. */
  get hadManifest(): boolean {
    return this.memory['package.json'] !== null;
  }

  /** Whether there was a node_modules. */
  get hadModules(): boolean {
    return this.memory.hadModules;
  }

  /** Puts the files back. */
  async restore(): Promise<void> {
    await rm(reserveOf(this.folder), { force: true });
    for (const name of rememberedFiles) {
      const file = join(this.folder, name);
      const text = this.memory[name];
      if ((await readOrNull(file)) === text) continue;
      if (text === null) await rm(file, { force: true });
      else await writeFileWhole(file, text);
    }
  }

  /** The change is done, or undone. */
  async forget(): Promise<void> {
    await rm(fileOf(this.folder), { force: true });
    await rm(reserveOf(this.folder), { force: true });
  }

  private async write(): Promise<void> {
    const text = JSON.stringify(this.memory);
    await mkdir(join(this.folder, '.pertybot'), { recursive: true, mode: 0o700 });
    try {
      await writeFileWhole(reserveOf(this.folder), text.padEnd(text.length + leastReserve));
      await writeFileWhole(fileOf(this.folder), text);
    } catch (error) {
      await this.forget();
      throw error;
    }
  }
}

function fileOf(folder: string): string {
  return join(folder, '.pertybot', 'plugins-before.json');
}

/** Room that is kept free, so that the files can be put back on a disk that has become full. */
function reserveOf(folder: string): string {
  return join(folder, '.pertybot', 'plugins-reserve');
}

async function readOrNull(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return null;
    throw error;
  }
}
