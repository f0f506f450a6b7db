import { CliError } from '../terminal/cli-error.js';

/** A Pi as its owner wants it. */
export interface PiOptions {
  readonly hostname: string;
  /** Account of the owner, under which the bot runs. */
  readonly user: string;
  /** Public keys that let the owner in over SSH; without one SSH stays off. */
  readonly sshKeys: readonly string[];
  /** Crypt hash of the password; without one no password is right. */
  readonly passwordHash: string | undefined;
  /** Channel of a bot that is made on the Pi. */
  readonly channel: string | undefined;
}

/** A Wi-Fi as its owner wants it. */
export interface WifiOptions {
  readonly ssid: string;
  /** ISO 3166 code of the country, whose rules the radio keeps. */
  readonly country: string;
  /** 64 hexadecimal digits. */
  readonly psk: string;
}

/** Names that Raspberry Pi OS has given already. */
const takenUsers =
  /^(?:root|daemon|bin|sys|sync|games|man|lp|mail|news|uucp|proxy|www-data|backup|list|irc|nobody|messagebus|sshd|gpio|sudo|adm|systemd.*)$/;

const keyTypes =
  /^(?:ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(?:256|384|521)|sk-ssh-ed25519@openssh\.com|sk-ecdsa-sha2-nistp256@openssh\.com)$/;

/** What crypt(3) of Debian makes today: yescrypt, gost-yescrypt, bcrypt, SHA-512, SHA-256. */
const hashForm = /^\$(?:y|gy|2[aby]|6|5)\$[./A-Za-z0-9$=,]{8,}$/;

/**
 * Refuses what would leave the owner with a Pi that does not start as it was meant.
 * @throws CliError CLI_PI_INVALID
 */
export function checkPiOptions(options: PiOptions): void {
  const { hostname, user, sshKeys, passwordHash, channel } = options;
  if (!/^(?!-)[a-z0-9-]{1,63}(?<!-)$/i.test(hostname) || /^\d+$/.test(hostname)) {
    const hint = 'Use letters, digits and dashes, such as lampbot.';
    throw refusal(`"${hostname}" is no name for a machine.`, hint);
  }
  if (!/^[a-z_][a-z0-9_-]{0,30}$/.test(user) || takenUsers.test(user)) {
    const hint = 'Use small letters and digits that no account of the system has, such as maker.';
    throw refusal(`"${user}" cannot be the name of the account.`, hint);
  }
  if (passwordHash !== undefined && !hashForm.test(passwordHash)) {
    // It may be the password itself, which nobody is to read.
    throw refusal(
      'What --password-hash was given is no hash of a password.',
      'Make one with: openssl passwd -6',
    );
  }
  if (channel !== undefined && !/^#?[a-z0-9_]{1,25}$/i.test(channel)) {
    const hint = 'Use the login name: letters, digits and underscores.';
    throw refusal(`"${channel}" cannot be a channel at Twitch.`, hint);
  }
  for (const key of sshKeys) checkKey(key);
}

/** @throws CliError CLI_PI_INVALID */
export function checkWifi(ssid: string, country: string | undefined): void {
  const length = Buffer.byteLength(ssid);
  if (length < 1 || length > 32 || /\p{Cc}/u.test(ssid)) {
    throw refusal(`"${ssid}" is no name of a Wi-Fi.`, 'It has 1 to 32 letters.');
  }
  if (country === undefined || !/^[A-Z]{2}$/.test(country)) {
    const hint = 'Name it by two capital letters, such as --wifi-country DE.';
    throw refusal('The radio of a Pi stays off until it knows its country.', hint);
  }
}

/** Reads the public keys of a text, one a line. @throws CliError CLI_PI_INVALID where there is none */
export function keysIn(text: string): readonly string[] {
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) {
    const hint = 'Name the file beside it that ends in .pub, and keep this one to yourself.';
    throw refusal('That is a private key, which never leaves your machine.', hint);
  }
  const keys = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (keys.length === 0) throw refusal('There is no key in it.', 'Make one with: ssh-keygen');
  for (const key of keys) checkKey(key);
  return keys;
}

function checkKey(key: string): void {
  const [type = '', data = ''] = key.split(/\s+/);
  // The data begins with the length and the name of its type: one that is cut or of another kind is none.
  const bytes = Buffer.from(data, 'base64');
  const length = bytes.length > 4 ? bytes.readUInt32BE(0) : 0;
  const said = bytes.subarray(4, 4 + length).toString('latin1');
  if (keyTypes.test(type) && said === type && bytes.length > 4 + length + 32) return;
  const shown = key.length > 40 ? `${key.slice(0, 40)}…` : key;
  throw refusal(
    `"${shown}" is no public key of SSH.`,
    'Name a file such as ~/.ssh/id_ed25519.pub, which ssh-keygen makes.',
  );
}

/** What the owner asked of a Pi cannot be done. */
export function refusal(message: string, hint: string): CliError {
  return new CliError('CLI_PI_INVALID', message, { hint });
}
