/** The portal as it is shipped: built once, when its sources changed. */
import { buildPortal } from '../../bin/launch/build.mjs';

export default async function setup(): Promise<void> {
  await buildPortal(process.execPath);
}
