const width = 240;
const height = 48;

interface SparklineProps {
  readonly title: string;
  /** In each minute of the last hour, the oldest first. */
  readonly values: readonly number[];
  /** What the values are, behind their sum. */
  readonly unit?: string;
  /** The least height of the plot: what fills a minute. @default what the most is */
  readonly most?: number;
}

/** What happened in each minute of the last hour. */
export function Sparkline({ title, values, unit = '', most: least = 0 }: SparklineProps) {
  const most = Math.max(1, least, ...values);
  const total = Math.round(values.reduce((sum, value) => sum + value, 0));
  const step = width / Math.max(1, values.length);
  const peak = Math.round(Math.max(0, ...values));
  return (
    <figure class="plot">
      <figcaption>
        {title} <strong>{`${total}${unit}`}</strong>
      </figcaption>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`${title}: ${total}${unit} in the last hour, at most ${peak}${unit} in a minute`}
      >
        <path d={`M0 ${height - 0.5}H${width}`} class="plot-ground" />
        {values.map((value, index) =>
          value > 0 ? (
            <rect
              key={index}
              x={index * step}
              y={height - Math.max(2, (value / most) * height)}
              width={step - 1}
              height={Math.max(2, (value / most) * height)}
              rx="1"
            />
          ) : null,
        )}
      </svg>
      <p class="plot-ends">
        <span>an hour ago</span>
        <span>now</span>
      </p>
    </figure>
  );
}
