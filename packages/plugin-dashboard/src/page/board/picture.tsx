import type { ComponentChildren } from 'preact';
import type { PageGadget } from '../../shared/feed.js';
import {
  Buzzer,
  Lamp,
  Motor,
  PushButton,
  Relay,
  Sensor,
  Servo,
  Something,
  Thermometer,
} from './drawings.js';

/** What a picture shows of a gadget. */
export interface PictureProps {
  readonly gadget: PageGadget;
  /** Whether any of its outputs is on, or its input pressed. */
  readonly isOn: boolean;
  /** 0 to 1, while it is on. */
  readonly brightness: number;
  /** Of what mixes colours, as its outputs say. */
  readonly color?: string | undefined;
}

/** A gadget, drawn as what it is. */
export function Picture(props: PictureProps) {
  const { gadget, isOn } = props;
  return (
    <svg class={`picture picture-${isOn ? 'on' : 'off'}`} viewBox="0 0 64 64" aria-hidden="true">
      {draw(props)}
    </svg>
  );

  function draw({ brightness, color }: PictureProps): ComponentChildren {
    switch (gadget.type) {
      case 'light':
      case 'onboard-led':
        return <Lamp color="#ffb300" brightness={isOn ? brightness : 0} />;
      case 'rgb':
        return (
          <Lamp
            color={color ?? (isOn ? colorOf(gadget.state) : '#ffffff')}
            brightness={isOn ? 1 : 0}
          />
        );
      case 'relay':
        return <Relay isOn={isOn} />;
      case 'buzzer':
        return <Buzzer isOn={isOn} />;
      case 'servo':
        return <Servo angle={numberIn(gadget.state)} />;
      case 'motor':
        return <Motor turns={isOn ? (gadget.state.includes('back') ? -1 : 1) : 0} />;
      case 'button':
        return <PushButton isPressed={isOn} />;
      case 'sensor':
        return <Sensor isOn={isOn} />;
      case 'thermometer':
        return <Thermometer degrees={numberIn(gadget.state)} />;
      default:
        return <Something isOn={isOn || gadget.busy} />;
    }
  }
}

/** The number in a state such as `at 90°` or `21.5 °C`. */
function numberIn(state: string): number | undefined {
  const found = /-?\d+(?:\.\d+)?/.exec(state);
  return found ? Number(found[0]) : undefined;
}

/** States are names of colours, or `#rrggbb`; what is no colour is drawn white. */
function colorOf(state: string): string {
  const [word = ''] = /#[0-9a-f]{6}|[a-z]+/i.exec(state) ?? [];
  return CSS.supports('color', word) ? word : '#ffffff';
}
