import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Bot, silentLogger } from '@pertybot/core/host';
import {
  ScriptedBrowser,
  startTwitchSimulator,
  type TwitchSimulator,
} from '@pertybot/twitch-simulator';
import { besidePertybot } from '../../src/bot-folder/bot-folder.js';
import { BotLoginDesk } from '../../src/page/bot-login-desk.js';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';

jest.setTimeout(60_000);

const redirectUri = 'http://localhost:3917/';

let twitch: TwitchSimulator;
let folder: TestFolder;
beforeEach(async () => {
  twitch = await startTwitchSimulator({
    clients: [{ id: 'my-app', secret: 'my-secret', redirectUris: [redirectUri] }],
    accounts: [{ login: 'pertybot' }],
    deviceInterval: 1,
  });
  folder = await makeBotFolder({
    'plugins.yaml': `plugins:
  - use: oauth
    config: { clientId: my-app, clientSecret: my-secret, idUrl: "${twitch.idUrl}", redirectUri: "${redirectUri}" }
`,
  });
});
afterEach(async () => {
  await folder.remove();
  await twitch.stop();
});

function deskOfBot(): BotLoginDesk {
  const options = { folder: folder.path, logger: silentLogger, resolveFrom: besidePertybot };
  const bot = Bot.load(options);
  return new BotLoginDesk(() => bot);
}

async function untilWell(desk: BotLoginDesk): Promise<void> {
  while (!(await desk.list())[0]?.well) await new Promise((resolve) => setTimeout(resolve, 50));
}

describe('logins at the page', () => {
  it('lead whoever sits at this machine to the login page, and are done when he has agreed', async () => {
    const desk = deskOfBot();
    expect(await desk.list()).toMatchObject([{ account: 'bot', well: false }]);
    const begun = await desk.begin({ account: 'bot' }, true);
    expect(begun).toMatchObject({ done: true, address: redirectUri });
    twitch.id.approveAs('pertybot');
    await new ScriptedBrowser().visit(redirectUri);
    await untilWell(desk);
    expect(JSON.stringify(await desk.list())).not.toContain('my-secret');
  });

  it('go by a code where whoever asks sits elsewhere', async () => {
    const desk = deskOfBot();
    const { address, text } = await desk.begin({ account: 'bot' }, false);
    expect(address).toMatch(/^http/);
    expect(text).toMatch(/type the code [A-Z0-9]{8}/);
    expect(text).not.toMatch(/[▀▄█]/);
    const [code = ''] = /\b[A-Z0-9]{8}\b/.exec(text) ?? [];
    twitch.id.approveDevice(code, { as: 'pertybot' });
    await untilWell(desk);
  });

  it('begin anew when somebody asks twice, and free the port of the one before', async () => {
    const desk = deskOfBot();
    await desk.begin({ account: 'bot' }, true);
    const again = await desk.begin({ account: 'bot' }, true);
    expect(again).toMatchObject({ done: true, address: redirectUri });
    twitch.id.approveAs('pertybot');
    await new ScriptedBrowser().visit(redirectUri);
    await untilWell(desk);
  });

  it('are none of a bot that needs none', async () => {
    const desk = new BotLoginDesk(async () => ({ borrow: () => undefined }));
    expect(await desk.list()).toEqual([]);
    expect(await desk.begin({ account: 'bot' }, true)).toMatchObject({ done: false });
  });
});
