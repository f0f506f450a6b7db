import { useId, useState } from 'preact/hooks';
import type { Answer } from '../../shared/feed.js';
import { useMe } from '../live/use-live.js';
import { wish } from '../live/wish.js';
import { Said } from '../parts/said.js';
import { Happenings } from './happenings.js';
import { lineOf, type SpeakerRole, speakerRoles, toSpeakerRole } from './spoken-line.js';

/** A line to say: in `dev` as anybody with any role, else as the bot. */
export function Speak() {
  const { role, rehearsal } = useMe();
  if (role === undefined || role === 'viewer') return null;
  return rehearsal ? <SpeakAsAnybody examples={rehearsal} /> : <SayAsBot />;
}

function SayAsBot() {
  const id = useId();
  const [text, setText] = useState('');
  const [answer, setAnswer] = useState<Answer>();
  const say = async (event: Event) => {
    event.preventDefault();
    const told = await wish('say', { text });
    setAnswer(told);
    if (told.done) setText('');
  };
  return (
    <form class="speak" onSubmit={(event) => void say(event)}>
      <label for={id}>Say as the bot</label>
      <input
        id={id}
        required
        maxLength={500}
        value={text}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
      />
      <button type="submit">Say</button>
      <Said answer={answer} />
    </form>
  );
}

function SpeakAsAnybody({ examples }: { readonly examples: readonly string[] }) {
  const id = useId();
  const [text, setText] = useState('');
  const [name, setName] = useState('');
  const [as, setAs] = useState<SpeakerRole>('broadcaster');
  const [answer, setAnswer] = useState<Answer>();
  const take = async (line: string) => setAnswer(await wish('line', { text: line }));
  const say = (event: Event) => {
    event.preventDefault();
    void take(lineOf({ text, name, as }));
    setText('');
  };
  return (
    <form class="speak" onSubmit={say}>
      <label for={id}>Say in chat</label>
      <input
        id={id}
        class="speak-text"
        placeholder="!lamp on"
        required
        autocomplete="off"
        maxLength={500}
        value={text}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
      />
      <input
        class="speak-name"
        aria-label="as whom"
        placeholder="as you"
        maxLength={25}
        value={name}
        onInput={({ currentTarget }) => setName(currentTarget.value)}
      />
      <select
        aria-label="role"
        value={as}
        onChange={({ currentTarget }) => setAs(toSpeakerRole(currentTarget.value))}
      >
        {speakerRoles.map((each) => (
          <option key={each}>{each}</option>
        ))}
      </select>
      <button type="submit">Say</button>
      <Happenings examples={examples} name={name} onChoose={(line) => void take(line)} />
      <Said answer={answer} />
    </form>
  );
}
