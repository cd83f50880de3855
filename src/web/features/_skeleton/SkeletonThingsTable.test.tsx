import { MantineProvider } from '@mantine/core';
import { I18nProvider } from '@lingui/react';
import { setupI18n } from '@lingui/core';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { SkeletonThing } from '../../../contract/_skeleton.ts';
import type { Rows } from '../../ui/table/DataTable.tsx';
import { SkeletonThingsTable } from './SkeletonThingsTable.tsx';

const thing: SkeletonThing = {
  id: '0190f5a2-0000-7000-8000-000000000001',
  customerId: '0190f5a2-0000-7000-8000-000000000002',
  name: 'Midsummer',
  day: '2027-06-21',
  createdAt: '2026-11-22T12:00:00.000Z',
};

test('a row shows what it holds', () => {
  const html = drawn({ rows: [thing] });
  expect(html).toContain('Midsummer');
  expect(html).toContain('2027-06-21');
});

test('nothing yet is said, and is something else than loading', () => {
  expect(drawn({ rows: [] })).toContain('No skeleton things');
  expect(drawn({ rows: undefined })).not.toContain('No skeleton things');
  expect(drawn({ rows: undefined })).toContain('aria-busy="true"');
});

test('a failure is told with what to quote to support', () => {
  const html = drawn({ rows: undefined, failure: { text: 'Something went wrong on our side.', requestId: 'r-1' } });
  expect(html).toContain('Something went wrong on our side.');
  expect(html).toContain('r-1');
});

function drawn(rows: Pick<Rows<SkeletonThing>, 'rows'> & Partial<Rows<SkeletonThing>>): string {
  const i18n = setupI18n({ locale: 'en', messages: { en: {} } });
  return renderToStaticMarkup(
    <I18nProvider i18n={i18n}>
      <MantineProvider>
        <SkeletonThingsTable failure={null} renewing={false} retry={() => {}} {...rows} />
      </MantineProvider>
    </I18nProvider>,
  );
}
