const manual = 'https://dev.mysql.com/doc/refman/8.4/en';

/** The pages of MySQL's manual that the rules rest on. */
export const docs = {
  implicitCommit: `${manual}/implicit-commit.html`,
  atomicDdl: `${manual}/atomic-ddl.html`,
  onlineDdl: `${manual}/innodb-online-ddl-operations.html`,
  alterTable: `${manual}/alter-table.html`,
  truncate: `${manual}/truncate-table.html`,
  sqlMode: `${manual}/sql-mode.html`,
  enums: `${manual}/enum.html`,
  invisible: `${manual}/invisible-indexes.html`,
  foreignKeys: `${manual}/create-table-foreign-keys.html`,
  charset: `${manual}/charset-conversion.html`,
  partitions: `${manual}/partitioning-management-range-list.html`,
  grant: `${manual}/grant.html`,
  delete: `${manual}/delete.html`,
  update: `${manual}/update.html`,
  routines: `${manual}/create-procedure.html`,
} as const;
