import type { Node } from './wiring-of.js';

const height = 22;
const gap = 12;
/** Of the text, wide enough for capitals. */
const letter = 6.1;

const widthOf = ({ kind, label }: Node): number => {
  const sign = { resistor: 26, led: 24, transistor: 26 }[kind as string] ?? 10;
  return label.length * letter + sign;
};

/** A line of wire from one end to the other, with what stands in it. */
export function Wire({ nodes }: { readonly nodes: readonly Node[] }) {
  const widths = nodes.map(widthOf);
  const starts = widths.map((_, index) =>
    widths.slice(0, index).reduce((sum, width) => sum + width + gap, 1),
  );
  const width = widths.reduce((sum, each) => sum + each, 0) + gap * (nodes.length - 1) + 2;
  return (
    <svg
      class="wire"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={nodes
        .map(({ kind, label }) => `${kind === 'resistor' ? 'resistor ' : ''}${label}`)
        .join(' to ')}
    >
      <path d={`M2 11H${width - 2}`} class="wire-line" />
      {nodes.map((node, index) => (
        <g key={index} transform={`translate(${starts[index]} 0)`}>
          <Drawn node={node} width={widths[index] ?? 0} />
        </g>
      ))}
    </svg>
  );
}

function Drawn({ node: { kind, label }, width }: { readonly node: Node; readonly width: number }) {
  const box = <rect x="0" y="2" width={width} height="18" rx="4" class={`wire-box wire-${kind}`} />;
  return (
    <g>
      {box}
      {kind === 'resistor' && <rect x="5" y="8" width="15" height="6" class="wire-sign" />}
      {kind === 'led' && <path d="M6 6V16L14 11ZM14 6V16" class="wire-sign" />}
      {kind === 'transistor' && (
        <path d="M5 11H10M10 5V17M10 9L17 4M10 13L17 18M13 17L17 18L16 14" class="wire-sign" />
      )}
      <text x={signWidth(kind)} y="15" class="wire-text">
        {label}
      </text>
    </g>
  );
}

function signWidth(kind: Node['kind']): number {
  return { resistor: 24, led: 19, transistor: 21 }[kind as string] ?? 5;
}
