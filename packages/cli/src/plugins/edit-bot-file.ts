import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BotFileEditor, botFileName, readBotFileText } from '@pertybot/core/host';
import { writeFileWhole } from '../bot-folder/write-files.js';

/**
 * Edits the plugins.yaml of a folder; when `edit` throws, it stays as it is.
 * @throws ConfigError when it cannot be read
 */
export async function editBotFile<Result>(
  folder: string,
  edit: (editor: BotFileEditor) => Result,
): Promise<Result> {
  // For what it says of a file that cannot be read. A byte order mark, which it drops, has to stay.
  await readBotFileText(folder);
  const file = join(folder, botFileName);
  const text = await readFile(file, 'utf8');
  const editor = new BotFileEditor(text);
  const result = edit(editor);
  if (editor.toString() !== text) await writeFileWhole(file, editor.toString());
  return result;
}
