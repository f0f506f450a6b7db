// Read with the first code that is drawn.
export { renderUnicodeCompact } from 'uqr';
