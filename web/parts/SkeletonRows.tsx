/** Rows of the final height, while nothing is known yet. */
export function SkeletonRows({ rows, height }: { readonly rows: number; readonly height: number }) {
  return (
    <div role="status" aria-label="Being read">
      {Array.from({ length: rows }, (_, i) => (
        <div key={i} className="skeleton-row" style={{ height }}>
          <span className="skeleton" style={{ width: `${[62, 44, 71, 53][i % 4] ?? 50}%` }} />
        </div>
      ))}
    </div>
  );
}
