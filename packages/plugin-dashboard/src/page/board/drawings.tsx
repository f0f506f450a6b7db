interface OnProps {
  readonly isOn: boolean;
}

/** An LED: its glow is as bright as it is. */
export function Lamp({
  color,
  brightness,
}: {
  readonly color: string;
  readonly brightness: number;
}) {
  return (
    <g style={{ '--lamp': color, '--bright': brightness }}>
      <circle cx="32" cy="26" r="24" class="lamp-glow" />
      <path d="M26 46v14M38 46v14" class="line" />
      <path d="M18 44V26a14 14 0 0 1 28 0v18z" class="lamp-body" />
      <path d="M18 44V26a14 14 0 0 1 28 0v18z" class="lamp-light" />
      <rect x="15" y="42" width="34" height="6" rx="2" class="lamp-foot" />
    </g>
  );
}

/** A relay whose contact clicks over. */
export function Relay({ isOn }: OnProps) {
  return (
    <g>
      <rect x="6" y="12" width="52" height="40" rx="4" class="box" />
      <circle cx="20" cy="40" r="3" class="dot" />
      <circle cx="44" cy="24" r="3" class="dot" />
      <circle cx="44" cy="40" r="3" class="dot" />
      <path d={isOn ? 'M20 40 44 24' : 'M20 40 44 40'} class="contact" />
    </g>
  );
}

/** A buzzer with waves while it sounds. */
export function Buzzer({ isOn }: OnProps) {
  return (
    <g>
      <circle cx="26" cy="32" r="18" class="box" />
      <circle cx="26" cy="32" r="5" class="dot" />
      <g class={isOn ? 'waves waves-on' : 'waves'}>
        <path d="M48 22a16 16 0 0 1 0 20" class="line" />
        <path d="M54 16a25 25 0 0 1 0 32" class="line" />
      </g>
    </g>
  );
}

/** A servo whose horn points where it is. */
export function Servo({ angle }: { readonly angle: number | undefined }) {
  return (
    <g>
      <rect x="12" y="22" width="40" height="34" rx="4" class="box" />
      <circle cx="32" cy="34" r="8" class="dot" />
      <g class="horn" style={{ transform: `rotate(${(angle ?? 0) - 90}deg)` }}>
        <path d="M32 36V8" class="contact" />
      </g>
      {angle === undefined && (
        <text x="32" y="54" text-anchor="middle" class="mark">
          ?
        </text>
      )}
    </g>
  );
}

/** A motor that spins the way it turns. */
export function Motor({ turns }: { readonly turns: number }) {
  const spin = turns === 0 ? '' : turns > 0 ? 'spin' : 'spin spin-back';
  return (
    <g>
      <circle cx="32" cy="32" r="24" class="box" />
      <g class={`rotor ${spin}`}>
        <path d="M32 12v40M12 32h40" class="contact" />
        <circle cx="32" cy="32" r="6" class="dot" />
      </g>
    </g>
  );
}

/** A button that goes down. */
export function PushButton({ isPressed }: { readonly isPressed: boolean }) {
  return (
    <g>
      <rect x="8" y="8" width="48" height="48" rx="6" class="box" />
      <circle cx="32" cy="32" r={isPressed ? 13 : 16} class={isPressed ? 'cap cap-down' : 'cap'} />
    </g>
  );
}

/** A sensor that sees something. */
export function Sensor({ isOn }: OnProps) {
  return (
    <g>
      <path d="M6 32s10-16 26-16 26 16 26 16-10 16-26 16S6 32 6 32z" class="box" />
      <circle cx="32" cy="32" r="9" class={isOn ? 'cap cap-down' : 'cap'} />
    </g>
  );
}

/** A thermometer from -10 to 50 degrees. */
export function Thermometer({ degrees }: { readonly degrees: number | undefined }) {
  const share = degrees === undefined ? 0 : Math.min(1, Math.max(0, (degrees + 10) / 60));
  return (
    <g>
      <rect x="26" y="4" width="12" height="44" rx="6" class="box" />
      <rect x="29.5" y={42 - 34 * share} width="5" height={6 + 34 * share} class="mercury" />
      <circle cx="32" cy="52" r="9" class="mercury" />
    </g>
  );
}

/** Whatever else there is. */
export function Something({ isOn }: OnProps) {
  return (
    <g>
      <rect x="12" y="12" width="40" height="40" rx="6" class="box" />
      <path d="M20 6v6M32 6v6M44 6v6M20 52v6M32 52v6M44 52v6" class="line" />
      <circle cx="32" cy="32" r="9" class={isOn ? 'cap cap-down' : 'cap'} />
    </g>
  );
}
