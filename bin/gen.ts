/** `bin/gen`: writes every generated file anew. bin/ci fails when that changes anything. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './gate/command.ts';
import { API_DOCUMENT, DATABASE_SCHEMA, DATABASE_TYPES, ERROR_PAGE, type Generated } from './gate/generate.ts';
import { hasPostgres15 } from './gate/postgres15.ts';

const ALWAYS: readonly Generated[] = [API_DOCUMENT, ERROR_PAGE, DATABASE_TYPES];

for (const { file, make } of hasPostgres15() ? [...ALWAYS, DATABASE_SCHEMA] : ALWAYS) {
  const target = path.join(ROOT, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, await make());
  console.log(`wrote ${file}`);
}
if (!hasPostgres15()) {
  console.log(`left ${DATABASE_SCHEMA.file} as it is: it is a dump of PostgreSQL 15 (on Debian 12: apt-get install postgresql-15)`);
}
