// biome-ignore-all lint/suspicious/noTemplateCurlyInString: plugins.yaml writes variables so
import { describe, expect, it } from '@jest/globals';
import { loadComposition } from '../../src/host/composition.js';
import { PluginError } from '../../src/host.js';
import { definePlugin, v } from '../../src/index.js';
import { faultsOf, linesOf, load } from './composed.js';

describe('a composition', () => {
  describe('with variables', () => {
    const entry = (value: string) =>
      `plugins:\n  - use: gadgets\n    config:\n      pin: ${value}\n`;

    it('puts them in, with defaults, and keeps what is escaped', async () => {
      const environment = { PIN: '17', EMPTY: '' };
      for (const [written, expected] of [
        ['GPIO${PIN}', 'GPIO17'],
        ['${NONE:-GPIO4}', 'GPIO4'],
        ['${EMPTY:-GPIO5}', 'GPIO5'],
        ['"GPIO${PIN}"', 'GPIO17'],
      ] as const) {
        const { plugins } = await load(entry(written), { environment });
        expect(plugins[0]?.config).toMatchObject({ pin: expected });
      }
      expect(await linesOf(entry('$${PIN}'), { environment })).toEqual([
        '4:12 pin: expected a pin such as GPIO17, received "$${PIN}"',
      ]);
    });

    it('never reads their values as YAML', async () => {
      const environment = { PORT: '80', PIN: 'GPIO1, port: 80 }' };
      const text = 'plugins:\n  - use: gadgets\n    config: { pin: "${PIN}", port: "${PORT}" }\n';
      expect(await linesOf(text, { environment })).toEqual([
        '3:20 pin: expected a pin such as GPIO17, received "${PIN}"',
        '3:36 port: expected a number, received "${PORT}"',
      ]);
    });

    it('puts them into any text of the file but not into keys', async () => {
      const text =
        'prefix: ${MARK}\nreplies: { unknown: "${WHAT}" }\nplugins: [{ use: "${USE}" }]\n';
      const environment = { MARK: '?', WHAT: 'Hä?', USE: 'plain' };
      expect(await load(text, { environment })).toMatchObject({
        prefix: '?',
        replies: { unknown: 'Hä?' },
        plugins: [{ use: 'plain' }],
      });
      expect(await linesOf('plugins: []\n"${KEY}": 1\n')).toEqual([
        '2:1 ${KEY}: unknown key "${KEY}"',
      ]);
    });

    it('names all that are missing, each once for each use, and nothing that follows from it', async () => {
      const text = `plugins:
  - use: gadgets
    config: { pin: "\${PIN}", site: "\${HOST}/\${PATH_NAME}", port: "\${PIN}" }
  - use: \${PLUGIN}
`;
      const { problems } = await faultsOf(text);
      expect(
        problems.map(({ message, position: { line, column } }) => `${line}:${column} ${message}`),
      ).toEqual([
        '3:20 the variable PIN is not set',
        '3:36 the variable HOST is not set',
        '3:36 the variable PATH_NAME is not set',
        '3:66 the variable PIN is not set',
        '4:10 the variable PLUGIN is not set',
      ]);
      expect(problems[0]?.hint).toBe('Add a line PIN=… to the file .env beside plugins.yaml.');
    });

    it('needs none for a disabled entry or what the overlay replaces', async () => {
      const disabled = `${entry('${PIN}')}    enabled: false\n`;
      expect((await load(disabled)).plugins).toMatchObject([{ enabled: false }]);
      const overlay = { '@pertybot/plugin-gadgets': { pin: 'GPIO9' } };
      expect((await load(entry('${PIN}'), { overlay })).plugins).toMatchObject([
        { config: { pin: 'GPIO9', burst: 500 } },
      ]);
    });

    it('never shows a value in a message, also not in that of a plugin', async () => {
      const secret = 'hunter2-is-secret';
      const telltale = definePlugin({
        name: 'telltale',
        config: v.object({
          key: v.pipe(
            v.string(),
            v.check(
              (key) => key === '',
              ({ input }) => `no key is ${input}`,
            ),
          ),
          site: v.pipe(v.string(), v.url()),
          count: v.number(),
        }),
      });
      const { message } = await loadComposition(
        'plugins:\n  - use: t\n    config: { key: "${KEY}", site: "${KEY}", count: "${KEY}" }\n  - use: ${KEY}\n',
        {
          environment: { KEY: secret },
          overlay: {},
          loader: {
            load: async (use) => {
              if (use !== 't') throw new PluginError('PLUGIN_NOT_FOUND', `No "${use}".`);
              const resolved = { kind: 'local', file: use } as const;
              return { plugin: telltale, module: use, resolved, files: [] };
            },
          },
        },
      ).then(
        () => new Error('There was no fault.'),
        (error: Error) => error,
      );
      expect(message).not.toContain(secret);
      expect(message).toContain('no key is ${KEY}');
      expect(message).toContain('No "${KEY}".');
    });

    it('takes names that every object has for ordinary ones', async () => {
      expect(await linesOf(entry('${constructor}'))).toEqual([
        '4:12 the variable constructor is not set',
      ]);
    });
  });
});
