import { Component, type ComponentType, h } from 'preact';

/** A component that is drawn again only when one of its properties is another one. */
export function memo<Props extends object>(Drawn: ComponentType<Props>): ComponentType<Props> {
  return class extends Component<Props> {
    override shouldComponentUpdate(next: Props): boolean {
      return Object.entries(next).some(([key, value]) => Reflect.get(this.props, key) !== value);
    }

    override render() {
      return h(Drawn, this.props);
    }
  };
}
