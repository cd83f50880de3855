import { expect, test } from 'vitest';
import { customersSearch, customersView, showsAll, toSearch } from './customers-view.ts';

const reseller = '0199a0b0-0000-7000-8000-000000000001';

test('search, filters, order and page survive the way through the address', () => {
  const search = { q: 'acme', sort: 'createdAt', order: 'desc', page: 3, status: 'disabled', reseller } as const;
  expect(toSearch(customersView(search))).toEqual(search);
});

test('what the grid shows at first needs no parameters', () => {
  expect(customersSearch({ sort: 'name', order: 'asc', page: '1' })).toEqual({});
});

test('made-up parameters are dropped instead of sent', () => {
  expect(customersSearch({ sort: 'password', status: 'gone', reseller: '../x', page: 'two' })).toEqual({});
});

test('only an unfiltered empty list means that there are no customers', () => {
  expect(showsAll(customersView({ page: '2' }))).toBe(true);
  expect(showsAll(customersView({ q: 'x' }))).toBe(false);
  expect(showsAll(customersView({ status: 'active' }))).toBe(false);
});
