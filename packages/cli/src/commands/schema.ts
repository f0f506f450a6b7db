import { DeedCommand } from '../terminal/deed-command.js';

/** `pertybot schema`. */
export default class Schema extends DeedCommand {
  static override summary =
    'Write the schema by which an editor completes and checks plugins.yaml.';

  static override description =
    'The schema is made from the plugins that are installed; write it anew after adding one. An editor ' +
    'with YAML support finds it by the first line of plugins.yaml: ' +
    '# yaml-language-server: $schema=./.pertybot/plugins.schema.json';

  static override examples = ['<%= config.bin %> <%= command.id %>'];

  async run(): Promise<void> {
    const { flags } = await this.parse(Schema);
    const { writeSchema } = await import('../bot-folder/write-schema.js');
    const { file, left } = await writeSchema(this.folderOf(flags));
    this.print(`Wrote ${file}`);
    for (const { use, why, hint } of left) {
      this.tell(`Left out ${use}: ${[why, hint].filter(Boolean).join(' ')}`);
    }
    // The same command may write all of it later; what is missing otherwise, "check" says.
    if (left.some(({ isLate }) => isLate)) this.exit(1);
  }
}
