/** What a customer may be, told all at once. */
import type { Customer } from '../../../contract/customers.ts';
import type { ProductType } from '../../../contract/product-types.ts';
import { dayIn, daysBetween } from '../../platform/clock/zones.ts';
import type { FieldFault } from '../../platform/http/fault.ts';
import type { TenantRow } from '../tenants/index.ts';

type Trial = Customer['trial'];

/** @param zone the reseller's: trials are counted in its days */
export function trialFaults(reseller: TenantRow, trial: Trial, before: Trial, now: number, zone: string): FieldFault[] {
  if (!trial) return [];
  if (!reseller.may_grant_trials) return [{ path: 'body.trial', code: 'notAllowed' }];
  const longest = reseller.longest_trial_days ?? 0;
  if (trial.endDate < trial.startDate) return [{ path: 'body.trial.endDate', code: 'beforeStart' }];
  if (daysBetween(trial.startDate, trial.endDate) > longest)
    return [{ path: 'body.trial.endDate', code: 'trialTooLong', values: { days: longest } }];
  const changed = before?.endDate !== trial.endDate;
  if (changed && trial.endDate < dayIn(zone, now)) return [{ path: 'body.trial.endDate', code: 'inPast' }];
  return [];
}

export function productFaults(product: ProductType | undefined, country: string): FieldFault[] {
  if (!product) return [{ path: 'body.productTypeId', code: 'unknown' }];
  if (product.countries && !product.countries.includes(country)) return [{ path: 'body.productTypeId', code: 'notForCountry' }];
  return [];
}

/** A locked product type stays for good. */
export function lockFaults(before: ProductType | undefined, productTypeId: string): FieldFault[] {
  return before && !before.changeable && before.id !== productTypeId ? [{ path: 'body.productTypeId', code: 'locked' }] : [];
}
