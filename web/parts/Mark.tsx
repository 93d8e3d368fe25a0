import type { MarkName } from '../markName.ts';
import { marks } from './marks.tsx';

/** A silhouette. The word beside it is what is read out. */
export function Mark({ name, size = 16 }: { readonly name: MarkName; readonly size?: number }) {
  return (
    <svg className="mark" viewBox="0 0 16 16" width={size} height={size} aria-hidden="true" focusable="false">
      {marks[name]}
    </svg>
  );
}
