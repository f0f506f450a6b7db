import { useEffect, useState } from 'preact/hooks';

interface Drawing {
  readonly size: number;
  /** Of its dark squares. */
  readonly path: string;
}

/** A text as a QR code: dark on light by night, too, as cameras want it. What draws it is loaded late. */
export function QrCode({ text }: { readonly text: string }) {
  const [drawing, setDrawing] = useState<Drawing>();
  useEffect(() => {
    let isOver = false;
    void import('uqr').then(({ encode }) => {
      const { size, data } = encode(text, { border: 2 });
      const path = data
        .flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
        .join('');
      if (!isOver) setDrawing({ size, path });
    });
    return () => {
      isOver = true;
    };
  }, [text]);
  if (!drawing) return null;
  const { size, path } = drawing;
  return (
    <svg class="qr-code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label="QR code">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" shape-rendering="crispEdges" />
    </svg>
  );
}
