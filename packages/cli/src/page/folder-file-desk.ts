import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '@pertybot/core';
import {
  type BotFileDesk,
  botFileName,
  type ConfigProblem,
  type FileFault,
  type OwnerOutcome,
  parseJson,
  type ReloadResult,
  readBotFileText,
  readWrittenEntries,
  type WrittenGadget,
} from '@pertybot/core/host';
import { ownFile } from '../bot-folder/own-package.js';
import { writeFileWhole } from '../bot-folder/write-files.js';
import { bareEnvironment } from '../bot-process/confinement.js';
import { switchPlugin } from '../plugins/remove-plugin.js';

/** How long the schema may take, milliseconds: it loads every plugin there is. */
const schemaLimit = 60_000;

/** The bot whose file it is. */
export interface FileOwner {
  /** What is wrong with a text. */
  problemsOf(text: string): Promise<readonly ConfigProblem[]>;
  /** Takes over what the file says; absent where no bot runs. */
  reload?(): Promise<ReloadResult>;
}

/** The plugins.yaml of a folder in the hands of its owner. */
export class FolderFileDesk implements BotFileDesk {
  /** Ends when the last one who writes is done: each must see what the one before has written. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly folder: string,
    private readonly bot: FileOwner,
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
      return (await this.bot.problemsOf(text)).map(toFault);
    } catch (error) {
      return [{ line: 1, column: 1, message: messageOf(error) }];
    }
  }

  save(text: string, was: string): Promise<OwnerOutcome> {
    return this.inTurn(() => this.saveNow(text, was));
  }

  switch(plugin: string, enabled: boolean): Promise<OwnerOutcome> {
    return this.inTurn(() => this.switchNow(plugin, enabled));
  }

  private inTurn(task: () => Promise<OwnerOutcome>): Promise<OwnerOutcome> {
    const result = this.turn.then(task);
    this.turn = result.catch(() => {});
    return result;
  }

  private async saveNow(text: string, was: string): Promise<OwnerOutcome> {
    await readBotFileText(this.folder);
    if ((await this.read()) !== was) return changedElsewhere;
    const [first, ...others] = await this.check(text);
    if (first !== undefined) {
      const more = others.length > 0 ? ` There are ${others.length} more.` : '';
      return { done: false, text: `Not saved. Line ${first.line}: ${first.message}.${more}` };
    }
    // To check it has taken as long as plugins take to load.
    if ((await this.read()) !== was) return changedElsewhere;
    await writeFileWhole(this.path, text);
    return this.takeOver(was, text, 'Saved.');
  }

  /** Has the bot take over what was written; where it does not come up with it, all is as before. */
  private async takeOver(was: string, text: string, saved: string): Promise<OwnerOutcome> {
    const undone = await this.reload();
    if (undone === undefined) return { done: true, text: saved };
    const isOurs = (await this.read()) === text;
    // What somebody else has written meanwhile is his.
    if (isOurs) await writeFileWhole(this.path, was);
    const file = isOurs ? ' plugins.yaml is as it was before.' : '';
    return { done: false, text: `Undone, the bot runs on as before: ${undone}.${file}` };
  }

  /** @returns why the bot does not run what its file says */
  private async reload(): Promise<string | undefined> {
    try {
      return (await this.bot.reload?.())?.rolledBack?.replace(/\.$/, '');
    } catch (error) {
      return messageOf(error).replace(/\.$/, '');
    }
  }

  private async switchNow(plugin: string, enabled: boolean): Promise<OwnerOutcome> {
    try {
      const was = await this.read();
      await switchPlugin(plugin, this.folder, enabled);
      const switched = `Switched ${plugin} ${enabled ? 'on' : 'off'}.`;
      return await this.takeOver(was, await this.read(), switched);
    } catch (error) {
      return { done: false, text: messageOf(error) };
    }
  }

  async schema(): Promise<object | undefined> {
    const file = join(this.folder, '.pertybot', 'plugins.schema.json');
    const sources = [this.path, join(this.folder, 'package.json')];
    if (sources.some((source) => changedAt(source) >= changedAt(file))) await this.writeSchema();
    const schema = parseJson(await readFile(file, 'utf8').catch(() => ''));
    return typeof schema === 'object' && schema !== null ? schema : undefined;
  }

  /** In a process of its own: it loads every plugin, which the bot would keep for as long as it runs. */
  private writeSchema(): Promise<void> {
    const words = [ownFile('bin/run.js'), 'schema', '--dir', this.folder];
    const options = { env: bareEnvironment(), timeout: schemaLimit };
    return new Promise((resolve) => {
      execFile(process.execPath, words, options, () => resolve());
    });
  }

  private get path(): string {
    return join(this.folder, botFileName);
  }
}

const changedElsewhere: OwnerOutcome = {
  done: false,
  text: 'plugins.yaml was changed elsewhere meanwhile. Load it again.',
};

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

function changedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
