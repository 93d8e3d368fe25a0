import { Link, useNavigate } from '@tanstack/react-router';

import type { ChangeRow } from '../../src/model/view.ts';
import { actorName, count, resourceParts, shortId } from '../names.ts';
import { dayWords } from '../time.ts';
import { useNow } from '../useNow.ts';
import { useZone } from '../useZone.ts';
import { classes, statusWord } from '../words.ts';
import { Alone } from './Alone.tsx';
import { Moment } from './Moment.tsx';
import { Said } from './Said.tsx';
import { WindowCell } from './WindowCell.tsx';

interface ChangesTableProps {
  readonly onTop: readonly ChangeRow[];
  readonly below: readonly ChangeRow[];
}

/** One row a change: where it stands, what it is, its way back, until when. */
export function ChangesTable({ onTop, below }: ChangesTableProps) {
  const now = useNow(nextEnd([...onTop, ...below]));
  const zone = useZone();
  const days = Map.groupBy(below, ({ proposedAt }) => JSON.stringify(dayWords(proposedAt, now, zone)));
  return (
    <table className="changes">
      <thead>
        <tr>
          <th scope="col">Status</th>
          <th scope="col">Change and resource</th>
          <th scope="col">Way back</th>
          <th scope="col">Window</th>
          <th scope="col">By</th>
          <th scope="col">Since</th>
          <th scope="col">Id</th>
        </tr>
      </thead>
      {onTop.length > 0 && (
        <Group heading="Needs a person" note={`${onTop.length}, always on top`} rows={onTop} now={now} />
      )}
      {[...days].map(([key, rows]) => {
        const { name, date } = JSON.parse(key) as ReturnType<typeof dayWords>;
        return <Group key={key} heading={name || date} note={name ? date : ''} rows={rows} now={now} />;
      })}
    </table>
  );
}

interface GroupProps {
  readonly heading: string;
  readonly note: string;
  readonly rows: readonly ChangeRow[];
  readonly now: number;
}

function Group({ heading, note, rows, now }: GroupProps) {
  return (
    <tbody>
      <tr className="change-group">
        <th scope="rowgroup">
          <strong>{heading}</strong> {note}
        </th>
      </tr>
      {rows.map((row) => (
        <Row key={row.id} row={row} now={now} />
      ))}
    </tbody>
  );
}

function Row({ row, now }: { readonly row: ChangeRow; readonly now: number }) {
  const navigate = useNavigate();
  return (
    <tr
      className="change-row"
      data-change={row.id}
      onClick={(event) => {
        if (!(event.target as HTMLElement).closest('a,button'))
          void navigate({ to: '/changes/$id', params: { id: row.id } });
      }}
    >
      <td>
        <Said word={statusWord(row)} />
      </td>
      <td className="change-names">
        <Link to="/changes/$id" params={{ id: row.id }} className="change-link">
          {row.title}
        </Link>
        <span className="meta small">{resourcesLine(row)}</span>
      </td>
      <td>{row.class && <Said word={classes[row.class]}>{classes[row.class].short}</Said>}</td>
      <td>
        <WindowCell change={row} now={now} />
      </td>
      <td className="second">
        {actorName(row.proposedBy)} {row.alone && <Alone />}
      </td>
      <td className="second">
        <Moment at={row.updatedAt} />
      </td>
      <td className="mono second">{shortId(row.id)}</td>
    </tr>
  );
}

/** `web-03 · /etc/app.conf`, and how many more. */
function resourcesLine({ resources, recovers, steps }: ChangeRow): string {
  const [first] = resources;
  const of = recovers ? `takes back ${shortId(recovers)}` : '';
  if (!first) return of || count(steps, 'step');
  const { connection, what } = resourceParts(first);
  const more = resources.length > 1 ? ` and ${resources.length - 1} more` : '';
  return [of, connection, `${what}${more}`].filter(Boolean).join(' · ');
}

function nextEnd(rows: readonly ChangeRow[]): number | undefined {
  const ends = rows.flatMap(({ window }) => (window?.until ? [Date.parse(window.until)] : []));
  return ends.length > 0 ? Math.min(...ends.filter((end) => end > Date.now()), Infinity) : undefined;
}
