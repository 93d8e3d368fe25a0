/** What the list of changes is narrowed to, as its address says it. */
import type { ReversibilityClass } from '../src/model/reversibility.ts';
import type { ChangeQuery, ChangeRow } from '../src/model/view.ts';
import { classes, statusesIn, type StatusGroup, statusGroups, statusWord } from './words.ts';

export interface ChangesSearch {
  readonly view?: StatusGroup;
  readonly environment?: string;
  readonly class?: ReversibilityClass;
  readonly resource?: string;
  readonly text?: string;
}

/** Unknown words in an address are left out. */
export function changesSearch(raw: Readonly<Record<string, unknown>>): ChangesSearch {
  const text = (name: string) => (typeof raw[name] === 'string' && raw[name] !== '' ? raw[name] : undefined);
  const view = text('view');
  const ofClass = text('class');
  const [environment, resource, find] = [text('environment'), text('resource'), text('text')];
  return {
    ...(view !== undefined && view in statusGroups && { view: view as StatusGroup }),
    ...(environment !== undefined && { environment }),
    ...(ofClass !== undefined && ofClass in classes && { class: ofClass as ReversibilityClass }),
    ...(resource !== undefined && { resource }),
    ...(find !== undefined && { text: find }),
  };
}

const narrowed = ({ environment, class: ofClass, resource, text }: ChangesSearch): ChangeQuery => ({
  ...(environment !== undefined && { environment }),
  ...(ofClass !== undefined && { class: [ofClass] }),
  ...(resource !== undefined && { resource }),
  ...(text !== undefined && { text }),
});

/** What is asked for the list itself. A stuck recovery and an interrupted run are moving, and need a person. */
export const listQuery = (search: ChangesSearch): ChangeQuery => ({
  ...narrowed(search),
  ...(search.view && {
    status: search.view === 'needs-a-person' ? statusesIn('needs-a-person', 'moving') : statusesIn(search.view),
  }),
  limit: 50,
});

/** What waits for a person, whatever its age. */
export const waitingQuery = (search: ChangesSearch = {}): ChangeQuery => ({
  ...narrowed(search),
  status: statusesIn('needs-a-person', 'moving'),
  limit: 100,
});

/**
 * Whether a change waits for a person. Of a change and its recovery only one does: where the steps can be settled, or
 * where the plan can be approved.
 */
export function needsAPerson(row: ChangeRow): boolean {
  const isSettledElsewhere = row.recovers !== null && row.status === 'stuck';
  const isApprovedElsewhere = row.status === 'recovering' && row.recovery?.status === 'awaiting-approval';
  return statusWord(row).group === 'needs-a-person' && !isSettledElsewhere && !isApprovedElsewhere;
}

export const isInView = (search: ChangesSearch, row: ChangeRow): boolean =>
  search.view === 'needs-a-person'
    ? needsAPerson(row)
    : search.view === undefined || statusWord(row).group === search.view;
