import { autocompletion, type CompletionContext, completionKeymap } from '@codemirror/autocomplete';
import { yaml } from '@codemirror/lang-yaml';
import {
  bracketMatching,
  HighlightStyle,
  indentOnInput,
  syntaxHighlighting,
} from '@codemirror/language';
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { FileFault } from '@pertybot/core/host';
import { minimalSetup } from 'codemirror';
import { type JsonSchema, wordsAt } from './schema-words.js';
import { placeIn } from './yaml-place.js';

/** An editor that stands in the page. */
export interface Editor {
  readonly text: string;
  /** Replaces the text. */
  load(text: string): void;
  /** Shows faults at their places. */
  mark(faults: readonly FileFault[]): void;
  /** Moves to a line. */
  goTo(line: number): void;
  close(): void;
}

/** What {@link openEditor} needs to know. */
export interface EditorOptions {
  /** What may be written in the file, as soon as that is known. */
  readonly schema: Promise<JsonSchema | undefined>;
  onChange(text: string): void;
}

/** Colours come from the page, so that they are right by day and by night. */
const colors = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--accent)' },
  { tag: tags.comment, color: 'var(--faint)', fontStyle: 'italic' },
  { tag: [tags.string, tags.content], color: 'var(--ink)' },
  { tag: [tags.number, tags.bool, tags.keyword], color: 'var(--good)' },
]);

const theme = EditorView.theme({
  '&': { color: 'var(--ink)', backgroundColor: 'var(--paper)', fontSize: '14px', height: '100%' },
  '.cm-scroller': { fontFamily: 'ui-monospace, monospace', lineHeight: '1.5' },
  '.cm-gutters': { backgroundColor: 'var(--back)', color: 'var(--faint)', border: 'none' },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--accent) 8%, transparent)' },
  '.cm-content': { caretColor: 'var(--ink)' },
  '&.cm-focused .cm-cursor': { borderLeftColor: 'var(--ink)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'color-mix(in srgb, var(--accent) 25%, transparent)',
  },
  // Its own marks are pictures in data: URLs, which the page lets in no more than those of others.
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--bad)',
  },
  '.cm-lint-marker-error': {
    content: 'normal',
    backgroundColor: 'var(--bad)',
    borderRadius: '50%',
    transform: 'scale(.7)',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--paper)',
    color: 'var(--ink)',
    border: '1px solid var(--line)',
  },
});

/** Opens an editor for YAML. Its styles live in a shadow root: the page lets no inline style in. */
export function openEditor(place: HTMLElement, { schema, onChange }: EditorOptions): Editor {
  const root = place.shadowRoot ?? place.attachShadow({ mode: 'open' });
  let known: JsonSchema | undefined;
  void schema.then((found) => {
    known = found;
  });
  const complete = ({ state, pos, explicit }: CompletionContext) => {
    const place = known && placeIn(state.doc.toString(), pos);
    if (!known || !place || (place.from === pos && !explicit)) return null;
    const options = wordsAt(known, place).map(({ word, about }) => ({
      label: word,
      ...(place.kind === 'key' && { apply: `${word}: ` }),
      ...(about !== undefined && { info: about }),
    }));
    return { from: place.from, options, validFor: /^[\w.-]*$/ };
  };
  const view = new EditorView({
    parent: root,
    root,
    state: EditorState.create({
      extensions: [
        lineNumbers(),
        minimalSetup,
        highlightActiveLine(),
        indentOnInput(),
        bracketMatching(),
        yaml(),
        syntaxHighlighting(colors),
        autocompletion({ override: [complete] }),
        keymap.of(completionKeymap),
        lintGutter(),
        theme,
        EditorView.contentAttributes.of({ 'aria-label': 'plugins.yaml' }),
        EditorView.updateListener.of(({ docChanged, state }) => {
          if (docChanged) onChange(state.doc.toString());
        }),
      ],
    }),
  });
  return {
    get text() {
      return view.state.doc.toString();
    },
    load(text) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    },
    mark(faults) {
      view.dispatch(
        setDiagnostics(
          view.state,
          faults.map((fault) => toDiagnostic(view.state, fault)),
        ),
      );
    },
    goTo(line) {
      const { from } = view.state.doc.line(Math.min(Math.max(1, line), view.state.doc.lines));
      view.dispatch({ selection: { anchor: from }, scrollIntoView: true });
      view.focus();
    },
    close() {
      view.destroy();
    },
  };
}

function toDiagnostic(
  { doc }: EditorState,
  { line, column, message, hint }: FileFault,
): Diagnostic {
  const at = doc.line(Math.min(Math.max(1, line), doc.lines));
  const from = Math.min(at.from + column - 1, at.to);
  return { from, to: at.to, severity: 'error', message: hint ? `${message}\n${hint}` : message };
}
