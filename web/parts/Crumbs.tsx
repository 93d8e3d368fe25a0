import IconChevronRight from '@tabler/icons-react/dist/esm/icons/IconChevronRight.mjs';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** From the list to what is open. */
export function Crumbs({ children }: { readonly children: ReactNode }) {
  return (
    <nav className="crumbs" aria-label="Where you are">
      <Link to="/changes">Changes</Link>
      <IconChevronRight size={14} aria-hidden="true" />
      {children}
    </nav>
  );
}
