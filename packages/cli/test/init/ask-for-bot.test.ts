import { describe, expect, it } from '@jest/globals';
import { askForBot, toLogin } from '../../src/init/ask-for-bot.js';

/** An owner who gives these answers, in this order. */
function owner(...answers: (string | undefined)[]) {
  const asked: string[] = [];
  const shown: string[] = [];
  const prompt = {
    ask: async (question: string) => {
      asked.push(question);
      return answers.shift();
    },
    show: (text: string) => void shown.push(text),
  };
  return { asked, shown, prompt };
}

describe('askForBot', () => {
  it('takes the default for each empty answer', async () => {
    const { prompt } = owner('', '', '', '', '');
    expect(await askForBot({}, prompt, true)).toEqual({
      channel: 'mychannel',
      account: undefined,
      login: 'auto',
      gadget: 'light',
      pin: 'GPIO17',
    });
  });

  it('asks again until the answer makes sense', async () => {
    const { prompt, shown } = owner(
      'my channel',
      '#Mine',
      'bot',
      'device',
      'laser',
      'relay',
      '99',
      '11',
    );
    expect(await askForBot({}, prompt, true)).toEqual({
      channel: 'mine',
      account: 'bot',
      login: 'device',
      gadget: 'relay',
      pin: 'GPIO11',
    });
    expect(shown).toHaveLength(3);
  });

  it('asks only for what is not said', async () => {
    const { prompt, asked } = owner('mine');
    await askForBot({ account: 'bot', login: 'auto', gadget: 'none' }, prompt, true);
    expect(asked).toHaveLength(1);
  });

  it('asks nothing where nobody is there', async () => {
    const { prompt, asked } = owner();
    expect(await askForBot({ channel: 'mine' }, prompt, false)).toMatchObject({ channel: 'mine' });
    expect(asked).toEqual([]);
  });
});

describe('toLogin', () => {
  it.each([
    ['#MyChannel', 'mychannel'],
    [' @bot_1 ', 'bot_1'],
    ['two words', undefined],
    ['', undefined],
    ['a'.repeat(26), undefined],
  ])('reads %j', (text, login) => {
    expect(toLogin(text)).toBe(login);
  });
});
