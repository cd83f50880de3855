import { expect, test } from 'vitest';
import { withoutSecrets } from './capture.ts';

test('a capture keeps no credential', () => {
  const text = 'Event: AuthDetail\r\nUsername: acme-101\r\nPassword: secret-101\r\nMd5Cred: 0123\r\nRealm: \r\n\r\n';
  expect(withoutSecrets(text)).toBe('Event: AuthDetail\r\nUsername: acme-101\r\nPassword: \r\nMd5Cred: \r\nRealm: \r\n\r\n');
});
