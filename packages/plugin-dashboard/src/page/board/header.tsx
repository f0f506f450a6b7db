import { useLive } from '../live/use-live.js';
import { type HeaderPin, headerPins } from './header-pins.js';

const row = 22;
const middle = 190;

/** What is known of a pin. */
interface PinUse {
  readonly gadget: string;
  readonly level: 0 | 1;
  readonly isLit: boolean;
}

interface HeaderProps {
  /** Whether only what hangs at it is shown, and no level. @default false */
  readonly isPlain?: boolean;
}

/** The header as it lies before one, pin 1 at the top left, with what hangs at it. */
export function Header({ isPlain = false }: HeaderProps) {
  const outputs = useLive(({ report }) => report.outputs);
  const inputs = useLive(({ report }) => report.inputs);
  const uses = new Map<string, PinUse>();
  for (const { gadget, pin, level, on } of outputs) uses.set(pin, { gadget, level, isLit: on });
  for (const { gadget, pin, level, pressed } of inputs)
    uses.set(pin, { gadget, level, isLit: pressed });
  const told = [...uses].map(([pin, { gadget, level }]) =>
    isPlain ? `${gadget} at ${pin}` : `${gadget} at ${pin} is ${level ? 'high' : 'low'}`,
  );
  return (
    <figure class={isPlain ? 'header header-plain' : 'header'}>
      <svg
        viewBox={`0 0 ${middle * 2} ${row * 20 + 16}`}
        role="img"
        aria-label={`Header: ${told.join(', ') || 'nothing hangs at it'}`}
      >
        <rect x={middle - 32} y="2" width="64" height={row * 20 + 12} rx="7" class="header-base" />
        {headerPins.map((pin) => (
          <Pin key={pin.number} pin={pin} use={uses.get(pin.name)} isPlain={isPlain} />
        ))}
      </svg>
      <figcaption class="faint">Pin 1 is next to the corner of the board.</figcaption>
    </figure>
  );
}

interface PinProps {
  readonly pin: HeaderPin;
  readonly use: PinUse | undefined;
  readonly isPlain: boolean;
}

function Pin({ pin, use, isPlain }: PinProps) {
  const isLeft = pin.number % 2 === 1;
  const x = middle + (isLeft ? -14 : 14);
  const y = 8 + Math.floor((pin.number - 1) / 2) * row + row / 2;
  const textX = middle + (isLeft ? -40 : 40);
  const anchor = isLeft ? 'end' : 'start';
  const level = use === undefined || isPlain ? '' : use.level ? 'pin-high' : 'pin-low';
  return (
    <g class={`pin pin-${pin.role} ${level} ${use?.isLit && !isPlain ? 'pin-lit' : ''}`}>
      <title>{`pin ${pin.number}: ${pin.name}${use ? `, ${use.gadget}` : ''}`}</title>
      {use && <line x1={x} y1={y} x2={textX + (isLeft ? 2 : -2)} y2={y} class="pin-wire" />}
      <circle cx={x} cy={y} r="7.5" class="pin-pad" />
      <text x={x} y={y + 2.7} text-anchor="middle" class="pin-number">
        {pin.number}
      </text>
      <text x={textX} y={y + 4} text-anchor={anchor} class="pin-name">
        {use && isLeft && <tspan class="pin-gadget">{use.gadget} </tspan>}
        {pin.name}
        {use && !isLeft && <tspan class="pin-gadget"> {use.gadget}</tspan>}
      </text>
    </g>
  );
}
