import { expect, test } from 'vitest';
import { changesOf, type CustomerFields } from './edit-form.ts';

const before: CustomerFields = {
  name: 'Acme',
  reference: '',
  notes: '',
  productTypeId: 'p1',
  country: null,
  timeZone: null,
  language: 'es',
  trial: { startDate: '2026-11-01', endDate: '2026-11-30' },
  isInternal: false,
};

test('what was not touched is not sent', () => {
  expect(changesOf(before, { ...before })).toEqual({});
  expect(changesOf(before, { ...before, trial: { startDate: '2026-11-01', endDate: '2026-11-30' } })).toEqual({});
});

test('a trial that ends and a setting that is inherited again are sent as null', () => {
  expect(changesOf(before, { ...before, trial: null, language: null })).toEqual({ trial: null, language: null });
});
