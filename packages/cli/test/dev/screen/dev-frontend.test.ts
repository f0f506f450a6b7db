import { describe, expect, it } from '@jest/globals';
import { JsonView } from '../../../src/dev/screen/dev-frontend.js';

describe('JsonView', () => {
  it('writes an object a line: the type, the time, then the rest', () => {
    const written: string[] = [];
    const view = new JsonView({ write: (text) => written.push(text) });
    view.show(
      { type: 'pin', gadget: 'lamp', pin: 'GPIO17', level: 1, on: true },
      new Date('2026-01-02T03:04:05.678Z'),
    );
    expect(written).toEqual([
      '{"type":"pin","time":"2026-01-02T03:04:05.678Z","gadget":"lamp","pin":"GPIO17","level":1,"on":true}\n',
    ]);
  });

  it('keeps a text with line feeds on its line', () => {
    const written: string[] = [];
    const view = new JsonView({ write: (text) => written.push(text) });
    view.show({ type: 'reply', channel: 'c', text: 'a\nb' }, new Date(0));
    expect(written.join('').split('\n')).toHaveLength(2);
  });
});
