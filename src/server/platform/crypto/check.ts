import type { Database } from '../db/index.ts';
import type { SecretBox } from './secret-box.ts';

const ENTRY = 'secret-key-check';

/**
 * Refuses to start on another key than the one the stored secrets are sealed with.
 * @throws Error saying what to do
 */
export async function checkSecretKey(database: Database, box: SecretBox): Promise<void> {
  await database.system([], async (db) => {
    await db
      .insertInto('installation')
      .values({ key: ENTRY, value: box.seal(ENTRY).toString('base64') })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const { value } = await db.selectFrom('installation').select('value').where('key', '=', ENTRY).executeTakeFirstOrThrow();
    const sealed = Buffer.from(value, 'base64');
    try {
      box.open(sealed);
    } catch {
      throw new Error(
        'The secret key is not the one this database was set up with: give the right SECRET_KEY (or secret.key in DATA_DIR).',
      );
    }
  });
}
