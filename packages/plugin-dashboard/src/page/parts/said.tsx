import type { Answer } from '../../shared/feed.js';

/** What became of a wish, for eyes and for screen readers. */
export function Said({ answer }: { readonly answer: Answer | undefined }) {
  return (
    <p class={`said ${answer && !answer.done ? 'said-no' : ''}`} role="status">
      {answer?.text}
    </p>
  );
}
