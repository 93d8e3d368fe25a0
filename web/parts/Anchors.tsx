export interface Anchor {
  readonly id: string;
  readonly word: string;
  readonly count?: number | undefined;
}

/** One page shows all of a change; these lead to its parts. */
export function Anchors({ anchors }: { readonly anchors: readonly Anchor[] }) {
  return (
    <nav className="anchors" aria-label="Parts of this change">
      {anchors.map(({ id, word, count }, i) => (
        <a
          key={id}
          href={`#${id}`}
          data-first={i === 0 || undefined}
          onClick={(event) => {
            event.preventDefault();
            const part = document.getElementById(id);
            part?.scrollIntoView({ block: 'start', behavior: 'smooth' });
            part?.focus({ preventScroll: true });
          }}
        >
          {word} {count !== undefined && <span className="meta">{count}</span>}
        </a>
      ))}
    </nav>
  );
}
