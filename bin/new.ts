/** `bin/new resource|connector|page <name>`: a copy of a tested skeleton, and what to do next. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT, script } from './gate/command.ts';
import { connectorCopies, pageCopies, resourceCopies, type Copy } from './scaffold/copy.ts';
import { namesOf } from './scaffold/names.ts';

const USAGE = 'bin/new resource <names> [<name of one>] | connector <id> | page <names> [<name of one>]';

try {
  const [kind, name, one, ...more] = process.argv.slice(2);
  if (name === undefined || more.length > 0) throw new Error(USAGE);
  switch (kind) {
    case 'resource':
      await make(resourceCopies(ROOT, name, one), `src/server/modules/${name}`);
      console.log(resourceSteps(name));
      break;
    case 'connector':
      await make(connectorCopies(ROOT, name), `src/server/pbx/${name}`);
      console.log(connectorSteps(name));
      break;
    case 'page':
      if (!existsSync(path.join(ROOT, `src/contract/${name}.ts`)))
        throw new Error(`there is no src/contract/${name}.ts yet: bin/new resource ${name}`);
      await make(pageCopies(ROOT, name, one), `src/web/features/${name}`);
      console.log(pageSteps(name));
      break;
    default:
      throw new Error(USAGE);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function make(copies: readonly Copy[], folder: string): Promise<void> {
  if (existsSync(path.join(ROOT, folder))) throw new Error(`${folder} is there already`);
  for (const { file, text } of copies) {
    const target = path.join(ROOT, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
    console.log(`wrote ${file}`);
  }
  const files = copies.map(({ file }) => file).filter((file) => /\.tsx?$/.test(file));
  await script('oxfmt/bin/oxfmt', files, { quiet: true });
}

function resourceSteps(name: string): string {
  return `
Next:
  1. src/contract/${name}.ts: what it is, its routes, who may call them (permissions: src/contract/permissions.ts).
  2. db/migrations/*_${namesOf(name).snake}.sql: its table. A tenant_id is all the row policy needs.
  3. bin/gen, then src/server/modules/${name}/: repository, routes, README.
  4. bin/test ${name}, then bin/test isolation: it says what to add to test/isolation/world.ts and requests.ts.
  5. A line in CHANGELOG.md.`;
}

function connectorSteps(name: string): string {
  return `
Next:
  1. src/server/pbx/${name}/: settings and descriptor, then wire and client, then map.ts with recordings in fixtures/.
  2. testing.ts: a phone system that the conformance suite may treat as it likes.
  3. The one line outside the folder, in src/server/pbx/connectors.ts:
       export { ${namesOf(name).camel} } from './${name}/connector.ts';
  4. bin/test pbx/testing pbx/${name}
  5. A line in CHANGELOG.md.`;
}

function pageSteps(name: string): string {
  return `
Next:
  1. src/web/features/customers/routes.tsx: add ...${namesOf(name).camel}Routes to the children of customerRoute.
  2. src/web/shell/navigation.ts: its entry, if it has one.
  3. npx lingui extract --clean, then its Spanish in src/web/locales/es.po.
  4. bin/test web/features/${name}, then look at it: bin/dev.`;
}
