import { Said } from './Said.tsx';

/** Stands wherever somebody agreed with themselves. */
export function Alone() {
  return <Said word={{ word: 'alone', tone: 'ochre', mark: 'status-needs-a-person' }} />;
}
