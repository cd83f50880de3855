/** Copies of the skeletons under another name: as texts, nothing is written here. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { capital, namesOf, singularOf } from './names.ts';

export interface Copy {
  /** Path below the project's folder. */
  file: string;
  text: string;
}

const MODULE = 'src/server/modules/_skeleton';
const CONNECTOR = 'src/server/pbx/_skeleton';
const PAGE = 'src/web/features/_skeleton';
/** Lines that serve the skeleton's own tests. */
const ONLY_IN_SKELETON = '// only in the skeleton';

/** A contract file, a module folder and a migration, entered in the two lists that join them. */
export function resourceCopies(root: string, plural: string, singular = singularOf(plural)): Copy[] {
  const rename = thingsTo(plural, singular);
  const names = namesOf(plural);
  const folder = `src/server/modules/${plural}`;
  const contract = { file: `src/contract/${plural}.ts`, text: rename(read(root, 'src/contract/_skeleton.ts')) };
  const module = filesIn(root, MODULE)
    .filter((file) => !/^(table\.ts|migration\.sql|testing\/)/.test(file))
    .map((file) => ({ file: `${folder}/${rename(file)}`, text: rename(read(root, `${MODULE}/${file}`)) }));
  const migration = {
    file: `db/migrations/${nextMigration(root)}_${names.snake}.sql`,
    text: rename(read(root, `${MODULE}/migration.sql`)),
  };
  const routes = `${namesOf(singular).camel}Routes`;
  return [
    contract,
    ...module,
    migration,
    entered(root, 'src/contract/index.ts', [`import { ${names.camel} } from './${plural}.ts';`, `  ${names.camel},\n};`], /\n\};/),
    entered(
      root,
      'src/server/assemble.ts',
      [`import { ${routes} } from './modules/${plural}/index.ts';`, `    ...${routes}(),\n  ];`],
      /\n {2}\];/,
    ),
  ];
}

/** A connector's folder. Its line in src/server/pbx/connectors.ts is the newcomer's to write. */
export function connectorCopies(root: string, id: string): Copy[] {
  const { camel, pascal } = namesOf(id);
  const rename = (text: string): string =>
    text
      .replaceAll(`'skeleton'`, `'${id}'`)
      .replaceAll('# skeleton', `# ${id}`)
      .replaceAll('Skeleton', pascal)
      .replaceAll('skeleton', camel);
  return filesIn(root, CONNECTOR)
    .filter((file) => file !== 'conformance.test.ts')
    .map((file) => ({ file: `src/server/pbx/${id}/${file}`, text: rename(read(root, `${CONNECTOR}/${file}`)) }));
}

/** A page's folder, for a resource that is there. */
export function pageCopies(root: string, plural: string, singular = singularOf(plural)): Copy[] {
  const rename = thingsTo(plural, singular);
  return filesIn(root, PAGE).map((file) => ({
    file: `src/web/features/${plural}/${rename(file)}`,
    text: rename(read(root, `${PAGE}/${file}`)),
  }));
}

function thingsTo(plural: string, singular: string): (text: string) => string {
  const many = namesOf(plural);
  const one = namesOf(singular);
  const pairs: [string, string][] = [
    ['contract/_skeleton.ts', `contract/${plural}.ts`],
    ['skeleton-things', many.kebab],
    ['skeleton_things', many.snake],
    ['skeletonThings', many.camel],
    ['SkeletonThings', many.pascal],
    ['skeletonThing', one.camel],
    ['SkeletonThing', one.pascal],
    ['skeleton things', many.words],
    ['Skeleton things', capital(many.words)],
    ['skeleton thing', one.words],
    ['Skeleton thing', capital(one.words)],
  ];
  return (text) => {
    const kept = text.split('\n').filter((line) => !line.includes(ONLY_IN_SKELETON));
    return pairs.reduce((renamed, [from, to]) => renamed.replaceAll(from, to), kept.join('\n'));
  };
}

/** A file with an import after its last one, and an entry at the end of its first list. */
function entered(root: string, file: string, [line, entry]: [string, string], end: RegExp): Copy {
  const text = read(root, file);
  const lastImport = [...text.matchAll(/^import .*$/gm)].at(-1);
  if (lastImport === undefined || !end.test(text)) throw new Error(`${file} is not built as it was: add "${line}" by hand`);
  const at = lastImport.index + lastImport[0].length;
  return { file, text: `${text.slice(0, at)}\n${line}${text.slice(at).replace(end, `\n${entry}`)}` };
}

function nextMigration(root: string): string {
  const numbers = readdirSync(path.join(root, 'db/migrations')).map((name) => Number.parseInt(name, 10));
  return String(Math.max(0, ...numbers) + 1).padStart(4, '0');
}

function filesIn(root: string, folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(path.join(root, folder), path.join(entry.parentPath, entry.name)))
    .sort();
}

function read(root: string, file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}
