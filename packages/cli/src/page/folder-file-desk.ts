import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '@pertybot/core';
import {
  type BotFileDesk,
  botFileName,
  type ConfigProblem,
  type FileFault,
  type OwnerOutcome,
  readBotFileText,
  readWrittenEntries,
  type WrittenGadget,
} from '@pertybot/core/host';
import { writeFileWhole } from '../bot-folder/write-files.js';
import { switchPlugin } from '../plugins/remove-plugin.js';

/** The plugins.yaml of a folder in the hands of its owner; who saves it leaves its mark to the reload. */
export class FolderFileDesk implements BotFileDesk {
  /** @param problemsOf what is wrong with a text */
  constructor(
    private readonly folder: string,
    private readonly problemsOf: (text: string) => Promise<readonly ConfigProblem[]>,
  ) {}

  read(): Promise<string> {
    return readFile(this.path, 'utf8');
  }

  async gadgets(): Promise<readonly WrittenGadget[]> {
    const entries = await readWrittenEntries(this.folder).catch(() => []);
    return entries.filter(({ enabled }) => enabled).flatMap(({ config }) => gadgetsIn(config));
  }

  async check(text: string): Promise<readonly FileFault[]> {
    try {
      return (await this.problemsOf(text)).map(toFault);
    } catch (error) {
      return [{ line: 1, column: 1, message: messageOf(error) }];
    }
  }

  async save(text: string, was: string): Promise<OwnerOutcome> {
    await readBotFileText(this.folder);
    if ((await this.read()) !== was) {
      return { done: false, text: 'plugins.yaml was changed elsewhere meanwhile. Load it again.' };
    }
    const [first, ...others] = await this.check(text);
    if (first !== undefined) {
      const more = others.length > 0 ? ` There are ${others.length} more.` : '';
      return { done: false, text: `Not saved. Line ${first.line}: ${first.message}.${more}` };
    }
    await writeFileWhole(this.path, text);
    return { done: true, text: 'Saved.' };
  }

  async switch(plugin: string, enabled: boolean): Promise<OwnerOutcome> {
    try {
      await switchPlugin(plugin, this.folder, enabled);
      return { done: true, text: `Switched ${plugin} ${enabled ? 'on' : 'off'}.` };
    } catch (error) {
      return { done: false, text: messageOf(error) };
    }
  }

  private get path(): string {
    return join(this.folder, botFileName);
  }
}

function gadgetsIn(config: unknown): readonly WrittenGadget[] {
  const gadgets = isRecord(config) ? config.gadgets : undefined;
  return Object.entries(isRecord(gadgets) ? gadgets : {}).flatMap(([name, own]) =>
    isRecord(own) ? [{ name, config: own }] : [],
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function toFault({ file, position, message, hint }: ConfigProblem): FileFault {
  // What is wrong in the file of a local plugin has no line here.
  const { line, column } = file === botFileName ? position : { line: 1, column: 1 };
  const where = file === botFileName ? '' : `${file}:${position.line} `;
  return { line, column, message: `${where}${message}`, ...(hint !== undefined && { hint }) };
}
