import { definePlugin } from '@pertybot/core';

/** Gadgets of other machines. */
export default definePlugin({ name: 'mqtt', start() {} });
