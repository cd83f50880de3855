import { describe, expect, it } from 'vitest';
import { parseMessage } from './message.ts';

const hold = parseMessage(
  [
    'Event: Hold',
    'Privilege: call,all',
    'Channel: PJSIP/acme-101-00000001',
    'DestChannel: other',
    'AccountCode: ',
    'ConnectedLineName: <unknown>',
    'AppData: a: b: c',
    'ChanVariable: A=1',
    'ChanVariable: B=2',
    'Tight:value',
    'Uniqueid: 1.2',
  ].join('\r\n'),
);

describe('a message', () => {
  it('tells an event by its name', () => {
    expect([hold.name, hold.isResponse, hold.actionId]).toEqual(['Hold', false, undefined]);
  });

  it('tells the answer to an action by its ActionID', () => {
    const answer = parseMessage('Response: Success\r\nActionID: 7\r\nMessage: ok');
    expect([answer.name, answer.isResponse, answer.actionId, answer.get('Response')]).toEqual(['', true, '7', 'Success']);
  });

  it('finds a header whole, never as the tail of a longer one', () => {
    expect(hold.get('Channel')).toBe('PJSIP/acme-101-00000001');
    expect(hold.get('annel')).toBeUndefined();
    expect(hold.get('Missing')).toBeUndefined();
  });

  it('keeps empty values, <unknown>, and values that hold a colon', () => {
    expect([hold.get('AccountCode'), hold.get('ConnectedLineName'), hold.get('AppData'), hold.get('Tight')]).toEqual([
      '',
      '<unknown>',
      'a: b: c',
      'value',
    ]);
  });

  it('gives every value of a repeated header in order', () => {
    expect(hold.all('ChanVariable')).toEqual(['A=1', 'B=2']);
    expect(hold.all('Variable')).toEqual([]);
  });

  it('reads lines that end with LF alone', () => {
    const lf = parseMessage('Event: Hold\nChannel: a\nUniqueid: 1.2');
    expect([lf.name, lf.get('Channel'), lf.get('Uniqueid')]).toEqual(['Hold', 'a', '1.2']);
  });

  it('finds the event name when another header stands first', () => {
    expect(parseMessage('ActionID: 3\r\nEvent: Hold').name).toBe('Hold');
  });
});
