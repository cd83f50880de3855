import { expect, test } from 'vitest';
import { sortedBy, viewFromSearch, viewToSearch, type TableView } from './view.ts';

const initial: TableView = { q: '', sort: 'name', order: 'asc', page: 1 };
const sorts = ['name', 'createdAt'];

test('an address and its view are the same thing', () => {
  const view: TableView = { q: '0800', sort: 'createdAt', order: 'desc', page: 3 };
  expect(viewFromSearch(viewToSearch(view, initial), sorts, initial)).toEqual(view);
});

test('the first sight of a list has an empty address', () => {
  expect(viewToSearch(initial, initial)).toEqual({});
  expect(viewFromSearch({}, sorts, initial)).toEqual(initial);
});

test('nonsense in an address is ignored', () => {
  expect(viewFromSearch({ q: {}, sort: 'password', order: 'desc', page: '-4' }, sorts, initial)).toEqual(initial);
});

test('a second click on a header turns the order round and goes back to the first page', () => {
  const up = sortedBy({ ...initial, page: 7 }, 'createdAt');
  expect(up).toEqual({ q: '', sort: 'createdAt', order: 'asc', page: 1 });
  expect(sortedBy(up, 'createdAt').order).toBe('desc');
  expect(sortedBy(sortedBy(up, 'createdAt'), 'createdAt').order).toBe('asc');
});

test('turning back to the default column with the other order is kept in the address', () => {
  expect(viewToSearch({ ...initial, order: 'desc' }, initial)).toEqual({ sort: 'name', order: 'desc' });
});
