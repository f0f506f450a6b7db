import { onboardLedName } from '../../guard/pins/output-place.js';
import { parsePin } from '../../pin-name.js';

/** What the guard calls a pin, or the LED on the board. @throws GpioError GPIO_PIN_INVALID */
export function placeName(written: string): string {
  return written === onboardLedName ? written : parsePin(written).name;
}
