import { useEffect, useState } from 'preact/hooks';

/** Of a usual active buzzer, hertz; and quiet enough for a desk, 0 to 1. */
const pitch = 2_300;
const loudness = 0.04;

interface SoundButtonProps {
  readonly name: string;
  readonly isOn: boolean;
}

/** Lets a buzzer sound here as well: browsers allow that only after a click. */
export function SoundButton({ name, isOn }: SoundButtonProps) {
  const [sounds, setSounds] = useState<AudioContext>();
  useEffect(() => (sounds && isOn ? beep(sounds) : undefined), [sounds, isOn]);
  useEffect(() => () => void sounds?.close(), [sounds]);
  return (
    <button
      type="button"
      class="gadget-sound"
      aria-pressed={sounds !== undefined}
      aria-label={`Hear ${name} here`}
      onClick={() => setSounds(sounds ? undefined : new AudioContext())}
    >
      {sounds ? 'sounds here' : 'hear it'}
    </button>
  );
}

/** Sounds until it is undone. */
function beep(context: AudioContext): () => void {
  const tone = new OscillatorNode(context, { type: 'square', frequency: pitch });
  const volume = new GainNode(context, { gain: loudness });
  tone.connect(volume).connect(context.destination);
  tone.start();
  return () => tone.stop();
}
