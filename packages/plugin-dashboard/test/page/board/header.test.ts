import { afterEach, describe, expect, it } from '@jest/globals';
import { headerPins } from '../../../src/page/board/header-pins.js';
import { Drawn, endDrawn, outputOf, reportOf } from '../drawn.js';

afterEach(endDrawn);

const draw = (parts: Parameters<typeof reportOf>[0] = {}, isPlain = false) =>
  Drawn.of('board/header', 'Header', { props: { isPlain }, state: { report: reportOf(parts) } });

describe('the pins of the header', () => {
  it('are forty, each with its number, and each GPIO once', () => {
    expect(headerPins.map(({ number }) => number)).toEqual(
      Array.from({ length: 40 }, (_, index) => index + 1),
    );
    const gpios = headerPins.filter(({ role }) => role === 'gpio').map(({ name }) => name);
    expect(new Set(gpios).size).toBe(26);
    expect([...gpios].sort()).toEqual(
      Array.from({ length: 26 }, (_, index) => `GPIO${index + 2}`).sort(),
    );
  });

  it.each([
    [1, '3v3'],
    [2, '5v'],
    [4, '5v'],
    [17, '3v3'],
    [6, 'ground'],
    [9, 'ground'],
    [14, 'ground'],
    [20, 'ground'],
    [25, 'ground'],
    [30, 'ground'],
    [34, 'ground'],
    [39, 'ground'],
    [27, 'id'],
    [28, 'id'],
  ])('have at %i what the board has there: %s', (number, role) => {
    expect(headerPins[number - 1]?.role).toBe(role);
  });

  it.each([
    [3, 'GPIO2'],
    [5, 'GPIO3'],
    [7, 'GPIO4'],
    [8, 'GPIO14'],
    [11, 'GPIO17'],
    [12, 'GPIO18'],
    [33, 'GPIO13'],
    [40, 'GPIO21'],
  ])('call pin %i %s', (number, name) => {
    expect(headerPins[number - 1]?.name).toBe(name);
  });
});

describe('the header', () => {
  it('is drawn with nothing at it where nothing hangs there', async () => {
    const drawn = await draw();
    expect(drawn.find('g')).toHaveLength(40);
    expect(drawn.the('svg').attributes.get('aria-label')).toBe('Header: nothing hangs at it');
    expect(drawn.find('.pin-wire')).toHaveLength(0);
  });

  it('shows what hangs at which pin, its level, and whether it is on', async () => {
    const outputs = [outputOf({ on: true }), outputOf({ gadget: 'fan', pin: 'GPIO22', level: 1 })];
    const inputs = [{ gadget: 'bell', pin: 'GPIO23', pressed: true, level: 0 as const }];
    const drawn = await draw({ outputs, inputs });
    expect(drawn.the('svg').attributes.get('aria-label')).toBe(
      'Header: lamp at GPIO17 is high, fan at GPIO22 is high, bell at GPIO23 is low',
    );
    expect(drawn.texts('.pin-gadget')).toEqual(['lamp ', 'fan ', ' bell']);
    expect([drawn.find('.pin-lit').length, drawn.find('.pin-high').length]).toEqual([2, 2]);
    expect(drawn.texts('title')).toContain('pin 11: GPIO17, lamp');
  });

  it('shows no level on paper', async () => {
    const drawn = await draw({ outputs: [outputOf({ on: true })] }, true);
    expect(drawn.find('.pin-lit')).toHaveLength(0);
    expect(drawn.the('svg').attributes.get('aria-label')).toBe('Header: lamp at GPIO17');
  });

  it('passes over pins that are not its own, and changes with what it is told', async () => {
    const drawn = await draw({ outputs: [outputOf({ pin: 'GPIO17 at garden', on: true })] });
    expect(drawn.find('.pin-lit')).toHaveLength(0);
    await drawn.tell({ report: reportOf({ outputs: [outputOf({ on: true })] }) });
    expect(drawn.find('.pin-lit')).toHaveLength(1);
    await drawn.tell({ report: reportOf({ outputs: [outputOf()] }) });
    expect(drawn.find('.pin-lit')).toHaveLength(0);
  });

  it('has names as text, whatever they look like', async () => {
    const gadget = '<img src=x onerror=alert(1)>';
    const drawn = await draw({ outputs: [outputOf({ gadget })] });
    expect(drawn.find('img')).toHaveLength(0);
    expect(drawn.texts('.pin-gadget')).toEqual([`${gadget} `]);
  });
});
