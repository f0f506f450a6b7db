const bars = 30;
const width = 240;
const height = 48;

interface SparklineProps {
  readonly title: string;
  /** When something happened, milliseconds since 1970. */
  readonly times: readonly number[];
}

/** How often something happened in each of the last 30 minutes. */
export function Sparkline({ title, times }: SparklineProps) {
  const now = Date.now();
  const counts = Array.from({ length: bars }, () => 0);
  for (const time of times) {
    const minute = bars - 1 - Math.floor((now - time) / 60_000);
    if (minute >= 0 && minute < bars) counts[minute] = (counts[minute] ?? 0) + 1;
  }
  const most = Math.max(1, ...counts);
  const total = counts.reduce((sum, count) => sum + count, 0);
  return (
    <figure class="plot">
      <figcaption>
        {title} <strong>{total}</strong> <span class="faint">in 30 min</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`${title}: ${total} in 30 minutes, at most ${most} in one`}
      >
        {counts.map((count, index) => (
          <rect
            key={index}
            x={index * (width / bars)}
            y={height - Math.max(1, (count / most) * height)}
            width={width / bars - 2}
            height={Math.max(1, (count / most) * height)}
            rx="1"
          />
        ))}
      </svg>
    </figure>
  );
}
