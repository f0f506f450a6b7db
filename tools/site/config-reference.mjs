// The configuration reference: every key of plugins.yaml that the schema of the editors knows.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** All plugins of PertyBot that have a config. */
const plugins = ['oauth', 'irc', 'gpio', 'texts', 'eventsub', 'mqtt', 'dashboard'];

/** The schema that `pertybot schema` writes for a bot with all of them. */
function schemaOf(root) {
  const folder = mkdtempSync(path.join(tmpdir(), 'schema-'));
  try {
    const entries = plugins.map((use) => `  - use: ${use}\n`).join('');
    writeFileSync(path.join(folder, 'plugins.yaml'), `plugins:\n${entries}`);
    const program = path.join(root, 'packages', 'cli', 'bin', 'run.js');
    // jest's own options and NODE_ENV are none of the program's business.
    const env = { ...process.env, NODE_OPTIONS: '', NODE_ENV: '' };
    const words = [program, 'schema'];
    const { status, stderr } = spawnSync(process.execPath, words, { cwd: folder, env });
    const told = String(stderr);
    if (status !== 0 || told.includes('Left out')) throw new Error(`pertybot schema says: ${told}`);
    const file = path.join(folder, '.pertybot', 'plugins.schema.json');
    return JSON.parse(readFileSync(file, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ').replaceAll('<', '&lt;');
const code = (value) => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;

/** What is never written by itself: places that only say what may not stand there. */
const isNothing = (schema) => schema.not !== undefined && Object.keys(schema.not).length === 0;

/** Deeper than this, a value is named by its kind alone: steps within steps have no end. */
const deepest = 4;

class Pages {
  constructor(schema) {
    this.schema = schema;
  }

  resolve(part) {
    if (part.$ref === undefined) return part;
    const target = part.$ref
      .split('/')
      .slice(1)
      .reduce((at, name) => at[name.replaceAll('~1', '/').replaceAll('~0', '~')], this.schema);
    return { ...this.resolve(target), ...part, $ref: undefined };
  }

  /** What may be written, in words. */
  kindOf(part, depth = 0) {
    const schema = this.resolve(part);
    if (schema.const !== undefined) return code(schema.const);
    if (schema.enum !== undefined) return schema.enum.map(code).join(', ');
    if (schema.anyOf !== undefined) {
      return [...new Set(schema.anyOf.map((each) => this.kindOf(each, depth)))].join(' or ');
    }
    const expected = /^expected (.*)$/.exec(schema.patternErrorMessage ?? '')?.[1];
    if (expected !== undefined) return expected;
    if (schema.type === 'array') {
      const items = schema.items === undefined ? 'anything' : this.kindOf(schema.items, depth + 1);
      return depth >= deepest ? 'a list' : `a list of: ${items}`;
    }
    if (schema.type === 'object') {
      const keys = Object.keys(schema.properties ?? {});
      return keys.length > 0 && keys.length < 9 && depth < deepest
        ? `keys ${keys.map(code).join(', ')}`
        : 'keys';
    }
    const least = schema.minimum ?? schema.exclusiveMinimum;
    const range =
      least !== undefined && schema.maximum !== undefined && schema.maximum < 2 ** 31 - 1
        ? ` from ${least} to ${schema.maximum}`
        : '';
    const words = {
      string: 'text',
      number: 'number',
      integer: 'whole number',
      boolean: '`true`, `false`',
    };
    return `${words[schema.type] ?? schema.type ?? 'anything'}${range}`;
  }

  /** Keys of a value, those of the values within them behind a dot. */
  rows(part, prefix, depth = 0) {
    const schema = this.resolve(part);
    const objects = [schema, ...(schema.anyOf ?? []).map((each) => this.resolve(each))];
    return objects.flatMap((each) => [
      ...Object.entries(each.properties ?? {}).flatMap(([key, value]) =>
        this.rowsOfKey(`${prefix}${key}`, value, each.required?.includes(key), depth),
      ),
      ...(typeof each.additionalProperties === 'object' && depth < deepest
        ? this.rows(each.additionalProperties, `${prefix}NAME.`, depth + 1)
        : []),
    ]);
  }

  rowsOfKey(key, part, isRequired, depth) {
    const schema = this.resolve(part);
    if (isNothing(schema)) return [];
    const given = schema.default;
    const isPlain =
      given === undefined ||
      given === '' ||
      (typeof given === 'object' && Object.keys(given).length === 0);
    const usual = isRequired ? 'must be given' : isPlain ? '' : code(given);
    const row = `| \`${key}\` | ${cell(schema.description ?? '')} | ${cell(this.kindOf(schema))} | ${cell(usual)} |`;
    return [row, ...(depth < deepest ? this.rows(schema, `${key}.`, depth + 1) : [])];
  }

  table(part, leave = () => false) {
    const rows = this.rows(part, '').filter((row) => !leave(/`(.*?)`/.exec(row)?.[1] ?? ''));
    if (rows.length === 0) return 'It takes no config.';
    return ['| key | what | takes | unless given |', '|---|---|---|---|', ...new Set(rows)].join(
      '\n',
    );
  }
}

/** Types of gadgets with the keys of each, as the schema of gpio has them. */
function gadgetSections(pages, gpio) {
  const gadget = gpio.properties.gadgets.additionalProperties;
  const about = new Map(
    gadget.properties.type.anyOf.map((each) => [each.const, each.description ?? '']),
  );
  return gadget.allOf.flatMap(({ if: when, then }) => {
    const type = when.properties.type.const ?? when.properties.type.enum?.[0];
    if (!about.has(type)) return [];
    return [`### ${type}`, about.get(type), pages.table(then, (key) => key === 'type')];
  });
}

/** @returns the page */
export function configReference(root) {
  const schema = schemaOf(root);
  const pages = new Pages(schema);
  const { plugins: list, ...file } = schema.properties;
  const sections = list.items.allOf.flatMap(({ if: when, then }) => {
    const { config } = then.properties;
    const [use] = when.properties.use.enum;
    const told = pages.resolve(config.allOf[0]);
    const isGpio = use === 'gpio';
    return [
      `## ${use}`,
      `${(config.description ?? told.description ?? '').replace(/\.$/, '')}. What stands below \`config:\` of \`use: ${use}\`.`,
      pages.table(told, (key) => isGpio && key.startsWith('gadgets.')),
      ...(isGpio ? gadgetSections(pages, told) : []),
    ];
  });
  return [
    '# Every key of plugins.yaml',
    'Made from the schemas by which the bot itself reads the file. A dot leads into a value, and `NAME` stands for a name that you choose. How ' +
      'the file works is in [plugins.yaml](../plugins-yaml.md), what gadgets do in [Gadgets](../gadgets.md).',
    '## The file',
    pages.table({ properties: file, required: schema.required }, (key) =>
      key.startsWith('replies.'),
    ),
    'The keys of `replies` are in [What the bot says](../replies.md).',
    '## An entry of plugins',
    pages.table({ ...list.items, allOf: undefined }),
    ...sections,
    '',
  ].join('\n\n');
}
