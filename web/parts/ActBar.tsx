import type { ReactNode } from 'react';

/** The one act of a page; on a phone it stays at the foot of the screen, with its consequence above it. */
export function ActBar({ children }: { readonly children: ReactNode }) {
  return <div className="act-bar">{children}</div>;
}
