import path from 'node:path';
import { leftOn } from '../guard/pins/left-on.js';
import { nameOfPin, PinsFile } from './pins-file.js';

/**
 * The outputs of a bot that has stopped which may be on, a sentence about each: what the stop could not
 * switch off. Its guardian and the next start go on trying.
 * @param stateFolder `.pertybot`
 */
export function pinsLeftOn(stateFolder: string): readonly string[] {
  const told = leftOn();
  const pins = new Set(told.map(({ pin }) => pin));
  const file = new PinsFile(path.join(stateFolder, 'pins.json'));
  const { pins: listed, state } = file.read();
  const others = listed.map(nameOfPin).filter((name) => !pins.has(name));
  return [
    ...told.map(({ gadget, pin, fault }) => `"${gadget}" (${pin}) may be on: ${fault}`),
    ...others.map((name) => `${name} may be on: it could not be switched off.`),
    ...(state === 'unreadable' ? [`Outputs may be on: "${file.path}" cannot be read.`] : []),
  ];
}
