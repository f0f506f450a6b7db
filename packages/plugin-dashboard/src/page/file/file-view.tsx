import type { FileFault } from '@pertybot/core/host';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Answer, BotFileAnswer } from '../../shared/feed.js';
import { look, wish } from '../live/wish.js';
import { Said } from '../parts/said.js';
import type { Editor } from './editor.js';
import type { JsonSchema } from './schema-words.js';

/** How long nothing is typed until the text is checked, milliseconds. */
const checkPause = 500;

/** How long the bot may take to take over an edit, or to say what may be written, milliseconds. */
const patience = 60_000;

/** plugins.yaml in an editor, with what `pertybot check` says of it. */
export function FileView() {
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor | undefined>(undefined);
  const was = useRef('');
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const [faults, setFaults] = useState<readonly FileFault[]>([]);
  const [answer, setAnswer] = useState<Answer>();
  const [isEdited, setEdited] = useState(false);

  const show = (found: readonly FileFault[]) => {
    setFaults(found);
    editor.current?.mark(found);
  };
  const check = async (text: string) => {
    const found = await findFaults(text);
    if (found && editor.current?.text === text) show(found);
  };
  const onChange = (text: string) => {
    setEdited(text !== was.current);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void check(text), checkPause);
  };
  const load = async () => {
    const file = await look<BotFileAnswer>('/api/file');
    if (file === undefined) return setAnswer({ done: false, text: 'The bot does not answer.' });
    was.current = file.text;
    editor.current?.load(file.text);
    show(file.faults);
    setEdited(false);
  };
  const save = async () => {
    const text = editor.current?.text ?? '';
    setAnswer({ done: true, text: 'Saving …' });
    const told = await wish('file', { text, was: was.current }, patience);
    setAnswer(told.done ? { done: true, text: 'Saved. The bot runs what it says.' } : told);
    if (!told.done) return void check(text);
    was.current = text;
    setEdited(editor.current?.text !== text);
  };
  useEffect(() => {
    const { current } = place;
    let isOver = false;
    void import('./editor.js').then(({ openEditor }) => {
      if (isOver || current === null) return;
      const schema = look<JsonSchema>('/api/file/schema', patience);
      editor.current = openEditor(current, { schema, onChange });
      return load();
    });
    return () => {
      isOver = true;
      clearTimeout(timer.current);
      editor.current?.close();
    };
  }, []);
  return (
    <>
      <h2>plugins.yaml</h2>
      <div class="editor" ref={place} />
      <div class="editor-foot">
        <button type="button" class="primary" disabled={!isEdited} onClick={() => void save()}>
          Save
        </button>
        <button type="button" disabled={!isEdited} onClick={() => void load()}>
          Undo all
        </button>
        <Said answer={answer} />
      </div>
      <Faults faults={faults} onGoTo={(line) => editor.current?.goTo(line)} />
    </>
  );
}

async function findFaults(text: string): Promise<readonly FileFault[] | undefined> {
  try {
    const response = await fetch('/api/file/check', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text }),
    });
    const { faults }: BotFileAnswer = await response.json();
    return faults;
  } catch {
    return undefined;
  }
}

interface FaultsProps {
  readonly faults: readonly FileFault[];
  readonly onGoTo: (line: number) => void;
}

function Faults({ faults, onGoTo }: FaultsProps) {
  return (
    <section aria-label="Faults" aria-live="polite">
      {faults.length === 0 && <p class="faint">No fault was found.</p>}
      <ul class="faults">
        {faults.map(({ line, column, message, hint }) => (
          <li key={`${line}:${column}:${message}`}>
            <button type="button" onClick={() => onGoTo(line)}>
              line {line}
            </button>{' '}
            <span class="said-no">{message}</span>
            {hint && <span class="faint"> {hint}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
