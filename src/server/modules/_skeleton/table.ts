/** Types of migration.sql. For a real table `bin/gen` writes them from the database; nothing migrates this one. */
import type { ColumnType } from 'kysely';

declare module '../../platform/db/schema.ts' {
  interface DB {
    skeleton_things: {
      id: string;
      tenant_id: string;
      name: string;
      day: string;
      created_at: ColumnType<Date, Date | string, Date | string>;
    };
  }
}
