/** A part of a text as EventSub takes it apart. */
export interface Fragment {
  readonly type: 'text' | 'cheermote' | 'mention' | 'emote';
  readonly text: string;
  readonly cheermote: {
    readonly prefix: string;
    readonly bits: number;
    readonly tier: number;
  } | null;
  readonly emote: Readonly<Record<string, unknown>> | null;
  readonly mention: Readonly<Record<string, unknown>> | null;
}

const cheerTiers = [10_000, 5_000, 1_000, 100, 1];
const plain = { cheermote: null, emote: null, mention: null };

/** A text in parts: cheermotes such as `Cheer100`, and what lies between. */
export function toFragments(text: string): readonly Fragment[] {
  const parts = text.split(/\b(cheer\d+)\b/i).filter((part) => part !== '');
  return parts.map((part) => {
    const [, prefix = '', number = ''] = /^(cheer)(\d+)$/i.exec(part) ?? [];
    if (number === '') return { ...plain, type: 'text', text: part };
    const bits = Number(number);
    const tier = cheerTiers.find((least) => least <= bits) ?? 1;
    const cheermote = { prefix: prefix.toLowerCase(), bits, tier };
    return { ...plain, type: 'cheermote', text: part, cheermote };
  });
}
