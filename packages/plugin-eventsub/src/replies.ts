import type { Sentences } from '@pertybot/core';

const about = 'Points come back.';

/** What chat is told of points that come back, by key; `replies:` in plugins.yaml changes it. */
export const eventsubReplies = {
  'points.back': { text: '@{user} your points for "{title}" are back: {why}', about },
  'points.backMany': {
    text: 'Points of {count} redemptions are back ({users}): {reasons}',
    about: 'Points of several redemptions come back.',
  },
  'points.more': {
    text: '{users} and {count} more',
    about: 'Stands for {users} where they are many.',
  },
  'points.reason': { text: '"{title}": {why}', about: 'Stands for {reasons}.' },
  'points.others': {
    text: '"{title}" and others: {why}',
    about: 'Stands for {reasons} where several rewards have the same one.',
  },
  'points.late': { text: 'It came while the bot was away.', about, knows: ['title'] },
  'points.restart': {
    text: 'It came before the machine was started again.',
    about,
    knows: ['title'],
  },
  'points.died': {
    text: 'The bot went down before anything moved.',
    about,
    knows: ['title'],
  },
  'points.untold': {
    text: 'The bot went down before Twitch knew of it.',
    about,
    knows: ['title'],
  },
} satisfies Sentences;
