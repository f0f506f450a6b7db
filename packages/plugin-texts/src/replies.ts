import type { Sentences } from '@pertybot/core';

/** What texts say beside what the owner wrote, by key; `replies:` in plugins.yaml changes it. */
export const textsReplies = {
  'texts.somebody': { text: 'Somebody', about: 'Stands for {user} of an anonymous gift.' },
  'texts.more': {
    text: '{names} and {count} more',
    about: 'Stands for {user} where many came at once.',
  },
} satisfies Sentences;
