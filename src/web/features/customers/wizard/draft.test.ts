import { expect, test } from 'vitest';
import { emptyDraft, errorsByStep, firstWrong, reachedStep, stepToShow, type Draft } from './draft.ts';
import { wizardSearch } from './wizard-search.ts';

const filled: Draft = {
  ...emptyDraft('k'),
  details: { ...emptyDraft('k').details, name: 'Acme', productTypeId: '0199a0b0-0000-7000-8000-000000000001' },
};
const withUser: Draft = { ...filled, user: { displayName: 'Ana', email: 'ana@example.com' } };

test('one goes no further than what is complete', () => {
  expect(reachedStep(emptyDraft('k'), false)).toBe('details');
  expect(reachedStep(filled, false)).toBe('user');
  expect(reachedStep(withUser, false)).toBe('pbx');
  expect(reachedStep({ ...withUser, user: { displayName: 'Ana', email: 'ana@' } }, false)).toBe('user');
});

test('the enterprise must say whose customer it is', () => {
  expect(reachedStep(withUser, true)).toBe('details');
  expect(reachedStep({ ...withUser, details: { ...withUser.details, resellerId: 'r' } }, true)).toBe('pbx');
});

test('a deep link leads as far as one may go, and never back into a customer that is made', () => {
  expect(stepToShow('pbx', 'user', false)).toBe('user');
  expect(stepToShow('details', 'pbx', false)).toBe('details');
  expect(stepToShow('roles', 'pbx', false)).toBe('details');
  expect(stepToShow('details', 'pbx', true)).toBe('progress');
  expect(stepToShow('roles', 'details', true)).toBe('roles');
});

test('the API’s errors land in the steps of their fields', () => {
  const errors = errorsByStep([
    { path: 'body.name', code: 'taken', message: 'taken' },
    { path: 'body.trial.endDate', code: 'trialTooLong', message: 'long' },
    { path: 'body.primaryUser.email', code: 'notAnEmail', message: 'no' },
    { path: 'body.pbxConnection.settings.host', code: 'required', message: 'host' },
  ]);
  expect(errors).toEqual({
    details: [
      { path: 'name', message: 'taken' },
      { path: 'trial.endDate', message: 'long' },
    ],
    user: [{ path: 'email', message: 'no' }],
    pbx: [{ path: 'settings.host', message: 'host' }],
  });
  expect(firstWrong(errors)).toBe('details');
  expect(firstWrong({})).toBeNull();
});

test('an address that was tampered with counts as the first step', () => {
  expect(wizardSearch({ step: 'admin', customer: '../x' })).toEqual({});
});
