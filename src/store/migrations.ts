/**
 * The schema, version after version, each a list of statements; never edit one that was published, add the next. Names
 * and instants are text in the "C" collation: byte order is time order for both, and no database's locale can change it.
 */
export const migrations: readonly (readonly string[])[] = [
  [
    `create table recourse.evidence (
      change text collate "C" not null,
      seq int not null,
      record text not null,
      primary key (change, seq)
    )`,
    `create table recourse.change (
      id text collate "C" primary key,
      epoch int not null default 0,
      facts int not null,
      head text not null,
      request text unique,
      status text not null,
      environment text collate "C" not null,
      class text,
      words text not null,
      recovery text,
      listed text not null
    )`,
    `create index change_status on recourse.change (status, id)`,
    `create index change_environment on recourse.change (environment, id)`,
    `create index change_class on recourse.change (class, id)`,
    `create index change_ending on recourse.change (reverse(id))`,
    `create table recourse.touched (
      resource text collate "C" not null,
      change text collate "C" not null,
      at text collate "C",
      primary key (resource, change)
    )`,
    `create index touched_change on recourse.touched (change)`,
    `create table recourse.lease (
      key text collate "C" primary key,
      resource text not null,
      change text collate "C" not null
    )`,
    `create index lease_change on recourse.lease (change)`,
    `create table recourse.connection (id text collate "C" primary key, system text not null, settings text not null)`,
    `create table recourse.token (
      name text collate "C" primary key,
      hash text not null unique,
      scopes text not null,
      created_at text not null,
      created_by text not null,
      last_used_at text
    )`,
    `create table recourse.kept (hash text primary key, sealed bytea not null)`,
    `alter table recourse.kept alter column sealed set storage external`,
  ],
  [
    // a function, because its plans are kept: planned anew each time, an append costs four times as much
    `create function recourse.append(
      change_id text, was_facts int, was_head text, by_epoch int, records text[],
      now_head text, now_request text, now_status text, now_environment text, now_class text, now_words text,
      now_recovery text, now_listed text,
      touched_now text[], touched_since text[], touched_no_more text[], is_at_rest boolean, recovered text
    ) returns boolean language plpgsql as $$
    declare
      start int := coalesce(was_facts, 0);
    begin
      if was_facts is null then
        insert into recourse.change
          (id, facts, head, request, status, environment, class, words, recovery, listed)
        values (change_id, cardinality(records), now_head, now_request, now_status, now_environment, now_class,
          now_words, now_recovery, now_listed)
        on conflict do nothing;
      else
        update recourse.change set facts = start + cardinality(records), head = now_head, status = now_status,
          environment = now_environment, class = now_class, words = now_words, recovery = now_recovery,
          listed = now_listed
        where id = change_id and facts = was_facts and head = was_head and (by_epoch is null or epoch = by_epoch);
      end if;
      if not found then
        return false;
      end if;
      insert into recourse.evidence (change, seq, record)
        select change_id, start + place, record from unnest(records) with ordinality as fact (record, place);
      if cardinality(touched_now) > 0 then
        insert into recourse.touched (resource, change, at)
          select resource, change_id, since from unnest(touched_now, touched_since) as touch (resource, since)
          on conflict (resource, change) do update set at = excluded.at;
      end if;
      if cardinality(touched_no_more) > 0 then
        delete from recourse.touched where change = change_id and resource = any(touched_no_more);
      end if;
      if is_at_rest and recovered is null then
        delete from recourse.lease where change = change_id;
      elsif is_at_rest then
        update recourse.lease set change = recovered where change = change_id;
      end if;
      return true;
    end
    $$`,
  ],
];
