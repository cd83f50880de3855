import { i18n } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { ProductType } from '../../../contract/product-types.ts';

/** A feature's name in the language spoken now. */
export function featureName(feature: ProductType['features'][number]): string {
  switch (feature) {
    case 'calls':
      return i18n._(msg`Calls`);
    case 'live':
      return i18n._(msg`Live board`);
    case 'agents':
      return i18n._(msg`Queues and agents`);
    case 'wallboards':
      return i18n._(msg`Wallboards`);
    case 'reports':
      return i18n._(msg`Reports`);
  }
}
