import { definePlugin } from '@pertybot/core';

export default definePlugin({
  name: 'dashboard',
  about: 'A page: the board, chat, why, and the emergency stop',
});
