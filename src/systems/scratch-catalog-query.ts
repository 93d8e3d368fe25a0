/** The schemas that are a database's own. */
const isOwn = "n.nspname !~ '^pg_' and n.nspname <> 'information_schema'";
/** What an extension brought is the extension's, and comes back with it. */
const isOfExtension = (catalog: string, oid: string): string =>
  `exists (select from pg_depend e where e.classid = ${catalog} and e.objid = ${oid} and e.deptype = 'e')`;
const within = (schema: string, catalog: string, oid: string): string =>
  `join pg_namespace n on n.oid = ${schema} and ${isOwn} where not ${isOfExtension(`'${catalog}'::regclass`, oid)}`;
const when = (condition: string, words: string): string => `case when ${condition} then ${words} end`;
const inSchema = (name: string): string => `quote_ident(n.nspname) || '.' || quote_ident(${name})`;
const relation = inSchema('c.relname');
/** Owner and grants, these in one order; none at all means the default ones. */
const owned = (owner: string, acl: string, kind: string): string =>
  `' owner ' || pg_get_userbyid(${owner}), (select ' grants ' || string_agg(g::text, ' ' order by g::text) from unnest(coalesce(${acl}, acldefault('${kind}', ${owner}))) g)`;
const sequence = `concat_ws(' ', format_type(s.seqtypid, null), 'start', s.seqstart, 'by', s.seqincrement, 'from', s.seqmin, 'to', s.seqmax, 'cache', s.seqcache, ${when('s.seqcycle', "'cycle'")})`;
const isInternal =
  "exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'i')";

type Kind = readonly [
  /** How one is named. */
  name: string,
  /** All that makes it what it is, in pieces; a piece that is null is not there. */
  definition: readonly string[],
  from: string,
];

const ofDatabase = {
  schema: [
    'quote_ident(n.nspname)',
    [owned('n.nspowner', 'n.nspacl', 'n')],
    `pg_namespace n where ${isOwn} and not ${isOfExtension("'pg_namespace'::regclass", 'n.oid')}`,
  ],
  extension: [
    'quote_ident(x.extname)',
    ["'in ' || quote_ident(n.nspname)"],
    "pg_extension x join pg_namespace n on n.oid = x.extnamespace where x.extname <> 'plpgsql'",
  ],
  'default privileges': [
    `concat_ws(' ', pg_get_userbyid(d.defaclrole), d.defaclobjtype, (select 'in ' || quote_ident(n.nspname) from pg_namespace n where n.oid = d.defaclnamespace))`,
    ['d.defaclacl'],
    'pg_default_acl d',
  ],
  'event trigger': [
    'quote_ident(v.evtname)',
    ["concat_ws(' ', v.evtevent, v.evtfoid::regprocedure, v.evtenabled, v.evttags)"],
    `pg_event_trigger v where not ${isOfExtension("'pg_event_trigger'::regclass", 'v.oid')}`,
  ],
  publication: [
    'quote_ident(p.pubname)',
    [
      "concat_ws(' ', p.puballtables, p.pubinsert, p.pubupdate, p.pubdelete, p.pubtruncate, p.pubviaroot)",
      "(select ' ' || string_agg(r.prrelid::regclass::text, ', ' order by r.prrelid::regclass::text) from pg_publication_rel r where r.prpubid = p.oid)",
    ],
    'pg_publication p',
  ],
  cast: [
    "format_type(k.castsource, null) || ' as ' || format_type(k.casttarget, null)",
    ["concat_ws(' ', k.castfunc::regprocedure, k.castcontext, k.castmethod)"],
    `pg_cast k where k.oid >= 16384 and not ${isOfExtension("'pg_cast'::regclass", 'k.oid')}`,
  ],
  'foreign server': [
    'quote_ident(s.srvname)',
    ["concat_ws(' ', w.fdwname, s.srvtype, s.srvversion, s.srvoptions)"],
    'pg_foreign_server s join pg_foreign_data_wrapper w on w.oid = s.srvfdw',
  ],
  comment: [
    "o.type || ' ' || o.identity",
    ['d.description'],
    `pg_description d cross join lateral pg_identify_object(d.classoid, d.objoid, d.objsubid) o
     where d.objoid >= 16384 and not ${isOfExtension('d.classoid', 'd.objoid')} and o.type <> 'extension'`,
  ],
} as const satisfies Record<string, Kind>;

const tables = `pg_class c ${within('c.relnamespace', 'pg_class', 'c.oid')} and c.relpersistence <> 't' and c.relkind in ('r', 'p', 'f')`;
const columns = `pg_attribute a join pg_class c on c.oid = a.attrelid join pg_type t on t.oid = a.atttypid
  left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
  ${within('c.relnamespace', 'pg_class', 'c.oid')} and c.relpersistence <> 't' and c.relkind in ('r', 'p', 'f') and a.attnum > 0 and not a.attisdropped`;
const on = (more: string): string =>
  `${more} ${within('c.relnamespace', 'pg_class', 'c.oid')} and c.relpersistence <> 't'`;

const ofTables = {
  table: [
    relation,
    [
      'c.relkind, c.relpersistence',
      "' with ' || c.reloptions::text",
      when("c.relreplident <> 'd'", "' replica identity ' || c.relreplident::text"),
      when('c.relrowsecurity', "' row level security'"),
      when('c.relforcerowsecurity', "' forced'"),
      when("c.relkind = 'p'", "' partitioned by ' || pg_get_partkeydef(c.oid)"),
      "' ' || pg_get_expr(c.relpartbound, c.oid)",
      "(select ' inherits ' || string_agg(i.inhparent::regclass::text, ', ' order by i.inhseqno) from pg_inherits i where i.inhrelid = c.oid)",
      owned('c.relowner', 'c.relacl', 'r'),
    ],
    tables,
  ],
  column: [
    `${relation} || '.' || quote_ident(a.attname)`,
    [
      'format_type(a.atttypid, a.atttypmod)',
      when('a.attcollation <> t.typcollation', "' collate ' || a.attcollation::regcollation::text"),
      when('a.attnotnull', "' not null'"),
      when(
        "a.attidentity <> ''",
        `' identity ' || a.attidentity::text || ' ' || (select ${sequence} from pg_sequence s join pg_depend i on i.objid = s.seqrelid
           where i.classid = 'pg_class'::regclass and i.refobjid = c.oid and i.refobjsubid = a.attnum and i.deptype = 'i')`,
      ),
      "case a.attgenerated when '' then ' default ' else ' generated ' || a.attgenerated::text || ' ' end || pg_get_expr(d.adbin, d.adrelid)",
      when('a.attstorage <> t.typstorage', "' storage ' || a.attstorage::text"),
      when('a.attstattarget >= 0', "' statistics ' || a.attstattarget"),
      "' with ' || a.attoptions::text",
      "' grants ' || a.attacl::text",
    ],
    columns,
  ],
  // Since version 18 a NOT NULL is a constraint with a name; it is said with its column, as in the versions before.
  constraint: [
    `${relation} || '.' || quote_ident(k.conname)`,
    ['pg_get_constraintdef(k.oid)'],
    on("pg_constraint k join pg_class c on c.oid = k.conrelid and k.contype not in ('n', 't')"),
  ],
  index: [
    relation,
    [
      'pg_get_indexdef(i.indexrelid)',
      when('not i.indisvalid', "' invalid'"),
      when('i.indisclustered', "' clustered'"),
      when('i.indisreplident', "' replica identity'"),
    ],
    `${on('pg_index i join pg_class c on c.oid = i.indexrelid')}
     and not exists (select from pg_constraint k where k.conindid = c.oid and k.contype in ('p', 'u', 'x') and k.conrelid = i.indrelid)`,
  ],
  // One that an identity column made is said with its column.
  sequence: [
    relation,
    [
      sequence,
      `(select ' owned by ' || d.refobjid::regclass::text || '.' || quote_ident(a.attname) from pg_depend d
         join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
         where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'a')`,
      owned('c.relowner', 'c.relacl', 's'),
    ],
    `${on('pg_sequence s join pg_class c on c.oid = s.seqrelid')} and not ${isInternal}`,
  ],
  view: [
    relation,
    ["c.relkind, ' '", 'pg_get_viewdef(c.oid)', "' with ' || c.reloptions::text", owned('c.relowner', 'c.relacl', 'r')],
    `${on('pg_class c')} and c.relkind in ('v', 'm')`,
  ],
  trigger: [
    `${relation} || '.' || quote_ident(t.tgname)`,
    ["pg_get_triggerdef(t.oid), ' ', t.tgenabled"],
    `${on('pg_trigger t join pg_class c on c.oid = t.tgrelid')} and not t.tgisinternal`,
  ],
  rule: [
    `${relation} || '.' || quote_ident(r.rulename)`,
    ["pg_get_ruledef(r.oid), ' ', r.ev_enabled"],
    `${on('pg_rewrite r join pg_class c on c.oid = r.ev_class')} and r.rulename <> '_RETURN'`,
  ],
  policy: [
    `${relation} || '.' || quote_ident(p.polname)`,
    [
      'p.polcmd',
      when('p.polpermissive', "' permissive'"),
      "' to ' || (select string_agg(case r when 0 then 'public' else pg_get_userbyid(r)::text end, ', ') from unnest(p.polroles) r)",
      "' using ' || pg_get_expr(p.polqual, p.polrelid)",
      "' check ' || pg_get_expr(p.polwithcheck, p.polrelid)",
    ],
    on('pg_policy p join pg_class c on c.oid = p.polrelid'),
  ],
} as const satisfies Record<string, Kind>;

const ofSchemas = {
  function: [
    'p.oid::regprocedure::text',
    [
      "case p.prokind when 'a' then (select concat_ws(' ', 'aggregate', g.aggtransfn, g.aggfinalfn, g.aggtranstype::regtype, g.agginitval) from pg_aggregate g where g.aggfnoid = p.oid) else pg_get_functiondef(p.oid) end",
      owned('p.proowner', 'p.proacl', 'f'),
    ],
    `pg_proc p ${within('p.pronamespace', 'pg_proc', 'p.oid')}`,
  ],
  type: [
    inSchema('t.typname'),
    [
      't.typtype',
      `case t.typtype
         when 'e' then (select ' ' || string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid)
         when 'd' then concat(' ', format_type(t.typbasetype, t.typtypmod), ${when('t.typnotnull', "' not null'")}, ' default ' || t.typdefault,
           (select ' ' || string_agg(quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid), ', ' order by k.conname) from pg_constraint k where k.contypid = t.oid and k.contype = 'c'))
         when 'r' then (select ' ' || format_type(r.rngsubtype, null) from pg_range r where r.rngtypid = t.oid)
         when 'c' then (select ' ' || string_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod), ', ' order by a.attnum) from pg_attribute a where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped)
       end`,
      owned('t.typowner', 't.typacl', 'T'),
    ],
    `pg_type t ${within('t.typnamespace', 'pg_type', 't.oid')}
     and (t.typtype in ('e', 'd', 'r') or exists (select from pg_class c where c.oid = t.typrelid and c.relkind = 'c'))`,
  ],
  operator: [
    'o.oid::regoperator::text',
    ["concat_ws(' ', o.oprcode, o.oprcom::regoperator, o.oprnegate::regoperator)"],
    `pg_operator o ${within('o.oprnamespace', 'pg_operator', 'o.oid')}`,
  ],
  statistics: [
    inSchema('s.stxname'),
    ['pg_get_statisticsobjdef(s.oid)'],
    `pg_statistic_ext s ${within('s.stxnamespace', 'pg_statistic_ext', 's.oid')}`,
  ],
  collation: [
    inSchema('l.collname'),
    ["concat_ws(' ', l.collprovider, l.collcollate, l.collctype, l.collisdeterministic)"],
    `pg_collation l ${within('l.collnamespace', 'pg_collation', 'l.oid')}`,
  ],
  'text search configuration': [
    inSchema('f.cfgname'),
    [
      "(select string_agg(concat(m.maptokentype, ' ', m.mapdict::regdictionary), ', ' order by m.maptokentype, m.mapseqno) from pg_ts_config_map m where m.mapcfg = f.oid)",
    ],
    `pg_ts_config f ${within('f.cfgnamespace', 'pg_ts_config', 'f.oid')}`,
  ],
} as const satisfies Record<string, Kind>;

/**
 * Asks for all that makes up a database's schema, as rows of `what` (`column public.users.email`) and `is` (its whole
 * definition). The order of columns is left out. Names are complete only while `search_path` is `pg_catalog`.
 */
export const catalogQuery = Object.entries<Kind>({ ...ofDatabase, ...ofTables, ...ofSchemas })
  .map(
    ([kind, [name, pieces, from]]) =>
      `select '${kind} ' || ${name} as what, concat(${pieces.join(', ')}) as "is" from ${from}`,
  )
  .join('\nunion all ');
