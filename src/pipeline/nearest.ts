/** ` (did you mean a, or b?)`, from the names that are near in spelling; nothing when none is. */
export function nearest(name: string, names: readonly string[]): string {
  const near = names
    .map((known) => ({ known, far: distance(name.toLowerCase(), known.toLowerCase()) }))
    .filter(({ known, far }) => far <= Math.max(3, known.length * 0.4) || known.includes(name) || name.includes(known))
    .toSorted((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ known }) => known);
  return near.length > 0 ? ` (did you mean ${near.join(', or ')}?)` : '';
}

/** Levenshtein's edit distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, letter] of Array.from(a).entries()) {
    const next = [i + 1];
    for (const [j, other] of Array.from(b).entries())
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)));
    row = next;
  }
  return row.at(-1) ?? 0;
}
