import { sql, type RawBuilder } from 'kysely';

import { Fault } from '../model/fault.ts';
import { ChangeId } from '../model/ids.ts';
import type { JsonText } from '../model/json.ts';
import type { ChangePage, ChangeQuery } from '../model/view.ts';
import type { Presence } from './presence.ts';
import { plain, resourceKey } from './projection.ts';
import type { Db } from './tables.ts';

/**
 * One page, as the JSON text that the database puts together: no row is parsed and written again here. Newest first:
 * an id sorts by its time, and `after` is the last id of the page before, so a page holds still while changes come in.
 */
export async function list(db: Db, query: ChangeQuery, presence: Presence): Promise<JsonText<ChangePage>> {
  const limit = query.limit ?? 50;
  const { rows } = await sql<{ page: string }>`
    with found as (
      select change.id, change.status, change.listed, change.recovery, row_number() over (order by change.id desc) as place
      from recourse.change ${narrowed(query)}
      order by change.id desc limit ${limit + 1}
    ),
    shown as (
      select found.id, found.place, left(found.listed, -1)
        || ',"interrupted":' || (found.status in ('running', 'verifying') and not ${presence.attended(sql`found.id`)})::text
        || ',"recovery":' || case when recovery.id is null then 'null'
          else '{"change":"' || recovery.id || '","status":"' || recovery.status || '"}' end || '}' as text
      from found left join recourse.change as recovery on recovery.id = found.recovery
      where found.place <= ${limit}
    )
    select '{"changes":[' || coalesce(string_agg(text, ',' order by place), '') || '],"next":'
      || case when exists (select from found where place > ${limit}) then '"' || min(id) || '"' else 'null' end
      || '}' as page
    from shown`.execute(db);
  return rows[0]?.page ?? '{"changes":[],"next":null}';
}

function narrowed(query: ChangeQuery): RawBuilder<unknown> {
  const conditions: RawBuilder<unknown>[] = [];
  if (query.after !== undefined) conditions.push(sql`change.id < ${lastOf(query.after)}`);
  if (query.status) conditions.push(sql`change.status = any(${query.status}::text[])`);
  if (query.environment !== undefined) conditions.push(sql`change.environment = ${plain(query.environment)}`);
  if (query.class) conditions.push(sql`change.class = any(${query.class}::text[])`);
  for (const word of plain(query.text ?? '')
    .toLowerCase()
    .split(/\s+/))
    if (word !== '') conditions.push(sql`strpos(change.words, ${word}) > 0`);
  if (query.resource !== undefined)
    conditions.push(
      sql`change.id in (select change from recourse.touched where resource = ${resourceKey(query.resource)})`,
    );
  return conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`;
}

/** The last id of the page before. Faults: `invalid-input`. */
function lastOf(after: string): ChangeId {
  const { data } = ChangeId.safeParse(after);
  if (data !== undefined) return data;
  throw new Fault('invalid-input', '`after` is not the `next` of another page.', { at: 'after' });
}
