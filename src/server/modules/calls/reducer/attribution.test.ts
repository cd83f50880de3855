import { expect, it } from 'vitest';
import { createAttribution } from './attribution.ts';

const two = createAttribution([
  { customerId: 'a', by: 'accountcode', value: 'acme' },
  { customerId: 'b', by: 'name', value: 'PJSIP/globex-*, globex-*' },
]);

it('matches every kind but the name as a whole', () => {
  expect(two.attribute(['name:PJSIP/trunk', 'accountcode:acme'])).toBe('a');
  expect(two.attribute(['accountcode:acme2'])).toBeNull();
  expect(two.attribute(['context:acme'])).toBeNull();
});

it('matches names by any of the patterns, whole and with letter case', () => {
  expect(two.attribute(['name:PJSIP/globex-101'])).toBe('b');
  expect(two.attribute(['name:globex-sales'])).toBe('b');
  expect(two.attribute(['name:PJSIP/Globex-101'])).toBeNull();
  expect(two.attribute(['name:SIP/PJSIP/globex-101'])).toBeNull();
});

it('takes nothing but * in a pattern as special', () => {
  const { attribute } = createAttribution([{ customerId: 'a', by: 'name', value: 'PJSIP/1.1' }]);
  expect(attribute(['name:PJSIP/1x1'])).toBeNull();
  expect(attribute(['name:PJSIP/1.1'])).toBe('a');
});

it('gives nobody what two customers claim, and counts it', () => {
  const { attribute, conflicts } = createAttribution([
    { customerId: 'a', by: 'context', value: 'office' },
    { customerId: 'b', by: 'name', value: 'PJSIP/1*' },
  ]);
  expect(attribute(['context:office', 'name:PJSIP/101'])).toBeNull();
  expect(attribute(['context:office', 'name:PJSIP/201'])).toBe('a');
  expect(conflicts()).toBe(1);
});

it('gives everything on the link to the customer who has it all', () => {
  expect(createAttribution([{ customerId: 'a', by: 'all', value: '' }]).attribute([])).toBe('a');
});
