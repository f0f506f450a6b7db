/**
 * What the pins of the header may already be used for.
 * Source: Raspberry Pi documentation, "GPIO and the 40-pin header", alternative functions.
 */
const reserved: Readonly<Record<number, string>> = {
  0: 'the EEPROM of a HAT',
  1: 'the EEPROM of a HAT',
  2: 'I2C (SDA)',
  3: 'I2C (SCL)',
  4: '1-wire',
  7: 'SPI (CE1)',
  8: 'SPI (CE0)',
  9: 'SPI (MISO)',
  10: 'SPI (MOSI)',
  11: 'SPI (SCLK)',
  14: 'the serial console (TXD)',
  15: 'the serial console (RXD)',
};

/** What else a pin may be used for, such as `I2C (SDA)`. @param gpio BCM number */
export function reservedFunction(gpio: number): string | undefined {
  return reserved[gpio];
}
