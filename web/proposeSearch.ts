/** With what the form for a change is filled: an operation, the way forward of a change, or a bridge after it. */
export interface ProposeSearch {
  readonly operation?: string;
  readonly forward?: string;
  readonly bridge?: string;
  readonly step?: string;
}

export function proposeSearch(raw: Readonly<Record<string, unknown>>): ProposeSearch {
  const words = (['operation', 'forward', 'bridge', 'step'] as const).flatMap((name) =>
    typeof raw[name] === 'string' ? [[name, raw[name]]] : [],
  );
  return Object.fromEntries(words) as ProposeSearch;
}
