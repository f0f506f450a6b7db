import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { describeNextSteps } from '../../src/mqtt/setup-advice.js';
import type { MqttSetupOptions } from '../../src/mqtt/setup-plan.js';

const told: MqttSetupOptions = {
  ...{ folder: '/bot', nodes: [], listen: '127.0.0.1', tls: false, names: [] },
  ...{ force: false, check: false },
};

describe('the next steps', () => {
  const users = {
    host: { name: 'pertybot', password: 'secret-of-host' },
    nodes: [{ name: 'garage', password: 'secret-of-garage' }],
  };
  const steps = (more: Partial<MqttSetupOptions> = {}) =>
    describeNextSteps({ ...told, ...more }, users, '/etc/mosquitto/pertybot');
  const brokerOf = (entry: string) => parse(entry)[0].config.broker;

  it('are entries of plugins.yaml that can be read, and hold no password', () => {
    const { host, nodes } = steps();
    expect(parse(host)).toEqual([
      {
        use: 'mqtt',
        config: {
          broker: 'mqtt://127.0.0.1:1883',
          ...{ user: 'pertybot', password: '\u0024{MQTT_PASSWORD}', nodes: { garage: {} } },
        },
      },
    ]);
    expect(parse(nodes[0]?.entry ?? '')[0].config).toMatchObject({
      user: 'garage',
      node: 'garage',
    });
    expect(JSON.stringify(steps())).not.toContain('secret-of');
  });

  it.each([
    [{ listen: '127.0.0.1' }, 'mqtt://127.0.0.1:1883', 'mqtt://127.0.0.1:1883'],
    [{ listen: '192.168.1.20' }, 'mqtt://192.168.1.20:1883', 'mqtt://192.168.1.20:1883'],
    [
      { listen: '192.168.1.20', port: 2000 },
      'mqtt://192.168.1.20:2000',
      'mqtt://192.168.1.20:2000',
    ],
    [{ listen: '0.0.0.0' }, 'mqtt://127.0.0.1:1883', 'mqtt://ADDRESS-OF-THIS-MACHINE:1883'],
    [{ listen: '0.0.0.0', names: ['pi.local'] }, 'mqtt://127.0.0.1:1883', 'mqtt://pi.local:1883'],
    [
      { listen: '0.0.0.0', tls: true },
      'mqtt://127.0.0.1:1883',
      'mqtts://ADDRESS-OF-THIS-MACHINE:8883',
    ],
    [{ listen: '::1' }, 'mqtt://[::1]:1883', 'mqtt://[::1]:1883'],
    [{ listen: 'fe80::1', tls: true }, 'mqtt://127.0.0.1:1883', 'mqtts://[fe80::1]:8883'],
  ] as const)('lead from %j to addresses that a client can read', (more, own, node) => {
    const { host, nodes } = steps(more);
    expect(brokerOf(host)).toBe(own);
    expect(brokerOf(nodes[0]?.entry ?? '')).toBe(node);
    for (const url of [own, node]) expect(() => new URL(url)).not.toThrow();
  });

  it('warn of a broker that nobody reaches, and of one that everybody hears', () => {
    expect(steps().warnings).toEqual([expect.stringContaining('--listen 0.0.0.0 --tls')]);
    expect(steps({ listen: '::1' }).warnings).toHaveLength(1);
    expect(steps({ listen: '0.0.0.0' }).warnings).toEqual([
      expect.stringContaining('read the passwords'),
    ]);
    expect(steps({ listen: '0.0.0.0', tls: true }).warnings).toEqual([]);
  });

  it('copy the certificates with TLS alone', () => {
    expect(steps().asService.join('\n')).not.toContain('ca.crt');
    const { asService, nodes } = steps({ tls: true });
    expect(asService[1]).toContain('mosquitto/ca.crt mosquitto/broker.crt mosquitto/broker.key');
    expect(nodes[0]?.copy).toEqual(['mosquitto/nodes/garage.env', 'mosquitto/ca.crt']);
  });

  it('can be pasted into a shell, whatever the folder is called', () => {
    const byHand = (path: string) => steps({ folder: path }).byHand;
    expect(byHand('/home/pi/bot')).toBe('mosquitto -c /home/pi/bot/mosquitto/mosquitto.conf');
    expect(byHand("/home/pi/it's; rm -rf $HOME")).toBe(
      "mosquitto -c '/home/pi/it'\\''s; rm -rf $HOME/mosquitto/mosquitto.conf'",
    );
  });
});
