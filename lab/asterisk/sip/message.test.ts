import { expect, test } from 'vitest';
import { answerChallenge } from './digest.ts';
import { formatSip, header, parseSip, tagOf, uriOf, userOf } from './message.ts';

test('what is formatted is read back', () => {
  const text = formatSip('INVITE sip:102@127.0.0.1 SIP/2.0', ['Via: one', 'Via: two', 'To: "Öst" <sip:102@127.0.0.1>;tag=ab12'], 'v=0\r\n');
  const message = parseSip(Buffer.from(text));
  expect(message.method).toBe('INVITE');
  expect(message.status).toBeNull();
  expect(message.headers.get('via')).toEqual(['one', 'two']);
  expect(header(message, 'content-length')).toBe('5');
  expect(message.body).toBe('v=0\r\n');
  expect(tagOf(header(message, 'to'))).toBe('ab12');
  expect(userOf(uriOf(header(message, 'to')))).toBe('102');
});

test('a response tells its status', () => {
  const message = parseSip(Buffer.from('SIP/2.0 486 Busy Here\r\nCall-ID: 1\r\n\r\n'));
  expect(message.method).toBeNull();
  expect(message.status).toBe(486);
});

test('the digest answers the example of RFC 2617', () => {
  const challenge =
    'Digest realm="testrealm@host.com", qop="auth", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"';
  const answer = answerChallenge(challenge, {
    username: 'Mufasa',
    password: 'Circle Of Life',
    method: 'GET',
    uri: '/dir/index.html',
    count: 1,
    clientNonce: '0a4f113b',
  });
  expect(answer).toContain('response="6629fae49393a05397450978507c4ef1"');
});
