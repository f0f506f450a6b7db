import { afterAll, expect, jest, test } from '@jest/globals';

/** Stands where Node.js 22 and newer have a WebSocket of their own. */
class NodeWebSocket {
  constructor() {
    throw new Error('The WebSocket of Node.js was taken.');
  }
}

const before = Object.getOwnPropertyDescriptor(globalThis, 'WebSocket');
afterAll(() => {
  if (before) Object.defineProperty(globalThis, 'WebSocket', before);
  else Reflect.deleteProperty(globalThis, 'WebSocket');
});

test('every Node.js opens its connection in the same way, and says why it cannot', async () => {
  Object.defineProperty(globalThis, 'WebSocket', { value: NodeWebSocket, configurable: true });
  const { startRig } = jest.requireActual<typeof import('../chat-rig.js')>('../chat-rig.js');
  const rig = await startRig();
  try {
    expect(rig.health.state).toBe('ok');
    expect((await rig.chat.say('hello')).status).toBe('written');
    rig.twitch.chat.faults.refuseUpgrades({ status: 503 });
    rig.twitch.chat.faults.drop();
    await rig.until(() => rig.events('disconnected').length === 1, 'it noticed');
    await rig.bot.clock.advance('2s');
    const told = () => rig.bot.log.find(({ fields }) => fields.code === 'CHAT_UNREACHABLE');
    await rig.until(() => told() !== undefined, 'it is reported');
    expect(told()?.message).toContain('503');
  } finally {
    await rig.stop();
  }
});
