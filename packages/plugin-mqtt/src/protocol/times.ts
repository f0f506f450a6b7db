/** How often a node says that it lives, and a host that it still wants what is on, milliseconds. */
export const beatInterval = 500;

/** Without a word from its host for so long, a node makes safe what that host had wished, milliseconds. */
export const leaseTime = 2_000;

/** A wish or a renewal that quotes a beat older than this is refused by the node, milliseconds. */
export const oldestBeat = 2_000;

/** How long the broker may keep a wish, milliseconds: a second net, since a broker that stood still keeps it longer. */
export const wishExpiry = 2_000;

/** How long a host waits for a node's answer, milliseconds. */
export const answerLimit = 1_000;

/** Without a beat for so long, a node is away, milliseconds. */
export const awayAfter = 2_000;

/** How often a host that wants nothing says that it holds a node, milliseconds. */
export const claimInterval = 2_000;

/** Without a word from a host that wants nothing for so long, another one may have the node, milliseconds. */
export const claimTime = 6_000;
