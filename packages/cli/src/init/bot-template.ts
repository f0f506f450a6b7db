import type { TemplateFile } from '../bot-folder/write-files.js';

/** What the owner said about the new bot. */
export interface NewBot {
  /** Login of the channel. */
  readonly channel: string;
  /** Login of the bot's account. @default whichever logs in */
  readonly account: string | undefined;
  readonly login: 'auto' | 'browser' | 'device';
  readonly gadget: 'light' | 'relay' | 'buzzer' | 'none';
  /** Pin of the gadget, such as `GPIO17`. */
  readonly pin: string;
}

/** The chat command that each kind of gadget gets. */
const gadgetNames = { light: 'lamp', relay: 'plug', buzzer: 'horn' } as const;

/**
 * The files of a new bot.
 * @param version of PertyBot, for its package.json
 */
export function botTemplate(bot: NewBot, name: string, version: string): readonly TemplateFile[] {
  return [
    { path: 'plugins.yaml', text: pluginsYaml(bot) },
    { path: '.env', text: environment(''), mode: 0o600 },
    { path: '.env.example', text: environment('# Copy this file to .env and fill it in.\n') },
    {
      path: '.gitignore',
      text: 'node_modules/\n.pertybot/\n.env\n.env.*\n!.env.example\n*.pem\n*.key\n',
    },
    { path: 'package.json', text: packageJson(name, version) },
    { path: 'plugins/dice.ts', text: dice },
    { path: 'README.md', text: readme(name, bot) },
  ];
}

function pluginsYaml({ channel, account, login, gadget, pin }: NewBot): string {
  return `# yaml-language-server: $schema=./.pertybot/plugins.schema.json
# What this bot is made of. Try it without an account and without wires: npx pertybot dev

prefix: "!"

plugins:
  # Logs in to Twitch and keeps the token fresh. Its values come from the file .env.
  - use: oauth
    config:
      clientId: \${TWITCH_CLIENT_ID}
      clientSecret: \${TWITCH_CLIENT_SECRET:-}
      ${account === undefined ? '# account: mybot # refuses a login with any other account' : `account: ${account}`}
      login: ${login} # browser, device, or auto

  # Sits in chat.
  - use: irc
    config:
      channels: [${channel}]

  # Drives the pins. Each gadget brings the chat command of its name.
  - use: gpio
${gadgetYaml(gadget, pin)}
  # Brings channel points, follows and all else that happens on the channel.
  # - use: eventsub

  # Answers with a text.
  - use: texts
    config:
      commands:
        hello: "Hello {user}!"

  # A plugin of your own: one file, no build step.
  - use: ./plugins/dice.ts
`;
}

function gadgetYaml(gadget: NewBot['gadget'], pin: string): string {
  if (gadget === 'none') {
    return `    # config:
    #   gadgets:
    #     lamp: { type: light, pin: GPIO17, maxOn: 10m }
`;
  }
  const maxOn = { light: '10m', relay: '30s', buzzer: '2s' }[gadget];
  const [reward, run] = {
    light: ['Lamp for a minute', 'lamp on 1m'],
    relay: ['Plug for ten seconds', 'plug on 10s'],
    buzzer: ['Sound the horn', 'horn on 1s'],
  }[gadget];
  return `    config:
      gadgets:
        ${gadgetNames[gadget]}: { type: ${gadget}, pin: ${pin}, maxOn: ${maxOn} }
    # commands:
    #   ${gadgetNames[gadget]}: { allow: subscriber, cooldown: { user: 30s } }
    # For channel points, which come back when nothing moved; the plugin eventsub brings them to the channel.
    # rewards:
    #   "${reward}": { cost: 500, run: ${run} }
`;
}

function environment(head: string): string {
  return `${head}# Register an application at https://dev.twitch.tv/console/apps with the redirect URL
# http://localhost:3000/ and put its values here. Keep this file to yourself.
TWITCH_CLIENT_ID=
TWITCH_CLIENT_SECRET=
`;
}

function packageJson(name: string, version: string): string {
  const manifest = {
    name,
    private: true,
    type: 'module',
    scripts: { dev: 'pertybot dev', start: 'pertybot start' },
    dependencies: { pertybot: `^${version}` },
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

const dice = `import { definePlugin } from '@pertybot/core';

export default definePlugin({
  name: 'dice',
  about: 'Rolls a die',
  start({ command }) {
    command('roll [sides:int(2..100)]', { about: 'Rolls a die' }, async ({ args, user, reply }) => {
      const rolled = 1 + Math.floor(Math.random() * (args.sides ?? 6));
      await reply(\`\${user.displayName} rolled \${rolled}\`);
    });
  },
});
`;

function readme(name: string, { channel, gadget }: NewBot): string {
  const example = gadget === 'none' ? '!roll' : `!${gadgetNames[gadget]} on`;
  return `# ${name}

A PertyBot for #${channel}.

- \`npx pertybot dev\` tries it with a simulated Twitch and a simulated Raspberry Pi. Type \`${example}\`.
- \`npx pertybot login\` logs it in, once .env is filled in; \`npx pertybot start\` runs it.
- \`npx pertybot check\` says what is wrong with plugins.yaml.
- \`npx pertybot plugins add NAME\` adds a plugin; plugins/dice.ts shows how to write one.
`;
}
