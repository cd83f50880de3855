import { expect, test } from 'vitest';
import { isSamePerson, sharedEmails } from './person.ts';
import { needsAsking, vanishing } from './removal.ts';
import { fakeUser } from '../links/testing/fake-pbx.ts';

const entry = (name: string, email: string | null = null) => ({ externalId: '101', extension: '101', name, email });

test('a new name under the same extension is the same person when a word or the e-mail stays', () => {
  expect(isSamePerson(entry('Ana Pérez'), entry('Ana Perez-Gil'))).toBe(true);
  expect(isSamePerson(entry('PEREZ, ANA'), entry('Ana Pérez'))).toBe(true);
  expect(isSamePerson(entry('Ana Pérez', 'Ana@acme.example'), entry('Anita', 'ana@ACME.example'))).toBe(true);
});

test('an extension that goes to another name without the e-mail is somebody else', () => {
  expect(isSamePerson(entry('Ana Pérez', 'ana@acme.example'), entry('Bruno Díaz', 'bruno@acme.example'))).toBe(false);
  expect(isSamePerson(entry('Ana Pérez', 'ana@acme.example'), entry('Bruno Díaz'))).toBe(false);
  expect(isSamePerson(entry('Ana B'), entry('Bruno B'))).toBe(false);
});

test('an entry that had only its number for a name is whoever it was', () => {
  expect(isSamePerson(entry('101'), entry('Ana Pérez'))).toBe(true);
  expect(isSamePerson(entry('Ana Pérez'), entry('101'))).toBe(true);
});

test('the e-mail of several different people identifies nobody; two phones of one person are one', () => {
  const people = [
    entry('Ana Pérez', 'office@acme.example'),
    entry('Bruno Díaz', 'Office@acme.example'),
    entry('Ana', 'ana@acme.example'),
    entry('Ana mobile', 'ana@acme.example'),
  ];
  expect([...sharedEmails(people)]).toEqual(['office@acme.example']);
});

test('more than a fifth, three at least, may not vanish unasked, nor everybody', () => {
  expect(needsAsking(15, 3)).toBe(false);
  expect(needsAsking(14, 3)).toBe(true);
  expect(needsAsking(4, 2)).toBe(false);
  expect(needsAsking(2, 2)).toBe(true);
  expect(needsAsking(0, 0)).toBe(false);
});

test('who vanishes is whom the directory lacks and whose extension went to somebody else', () => {
  const known = [entry('Ana Pérez'), { ...entry('Bruno Díaz'), externalId: '102' }, { ...entry('Cleo'), externalId: '103' }];
  expect(vanishing(known, [fakeUser('101', 'Ana P. Pérez'), fakeUser('102', 'Dora Gil')])).toEqual(['102', '103']);
});
