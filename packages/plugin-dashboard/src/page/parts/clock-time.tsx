const format = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** A time of day. */
export function ClockTime({ at }: { readonly at: number }) {
  return (
    <time class="time" dateTime={new Date(at).toISOString()}>
      {format.format(at)}
    </time>
  );
}
