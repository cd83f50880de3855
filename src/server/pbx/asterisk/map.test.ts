import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NeutralEvent } from '../../../contract/events.ts';
import type { Directory } from '../connector.ts';
import { createMapper, WANTED_EVENTS, type Mapper } from './map.ts';
import { parseMessage, type AmiMessage } from './message.ts';

const AT = 1_800_000_000_000;

const DIRECTORY: Directory = {
  users: [
    {
      externalId: 'PJSIP/alpha',
      name: 'Al Pha',
      email: null,
      extension: '11',
      devices: ['PJSIP/alpha'],
      keys: ['name:PJSIP/alpha', 'accountcode:one'],
      derived: true,
    },
  ],
  queues: [{ externalId: 'sales', name: 'sales', number: null, strategy: null, keys: ['name:sales', 'accountcode:one'], members: [] }],
  capabilities: [],
  version: '22',
  notices: [],
};

function message(event: string, headers: Record<string, string | number>): AmiMessage {
  return parseMessage(
    `Event: ${event}\r\n${Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\r\n')}`,
  );
}

/** A channel's block. */
function channel(id: string, name: string, more: Record<string, string | number> = {}): Record<string, string | number> {
  return {
    Channel: `${name}-00000001`,
    ChannelState: 4,
    CallerIDNum: '49',
    CallerIDName: '<unknown>',
    AccountCode: '',
    Context: 'in',
    Exten: '300',
    Uniqueid: id,
    Linkedid: id,
    ...more,
  };
}

function mapper(directory: Directory | null = DIRECTORY): {
  live: (event: string, headers: Record<string, string | number>, at?: number) => NeutralEvent[];
  map: Mapper;
} {
  const map = createMapper({ directory, firstSeq: 7 });
  return {
    map,
    live: (event, headers, at = AT) => {
      map.live(message(event, headers), at);
      return map.take();
    },
  };
}

describe('the time of an event', () => {
  it("is the PBX's own, corrected by its skew", () => {
    const { live, map } = mapper();
    map.setSkew(2_500);
    expect(live('Newchannel', { ...channel('1.1', 'PJSIP/alpha'), Timestamp: '1800000010.500000' })).toMatchObject([
      { at: AT + 8_000, receivedAt: AT },
    ]);
  });

  it('is that of reading where the PBX tells none', () => {
    expect(mapper().live('Newchannel', channel('1.1', 'PJSIP/alpha'))).toMatchObject([{ at: AT, seq: 7 }]);
  });
});

describe('a leg', () => {
  it("is a phone if the directory has it and then bears the user's name, a line if not, internal if it is Local", () => {
    const { live } = mapper();
    expect(live('Newchannel', channel('1.1', 'PJSIP/alpha'))).toMatchObject([
      { kind: 'device', device: 'PJSIP/alpha', party: { number: '11', name: 'Al Pha' }, dialled: '300' },
    ]);
    expect(live('Newchannel', channel('1.2', 'PJSIP/carrier'))).toMatchObject([{ kind: 'trunk', party: { number: '49', name: null } }]);
    expect(live('Newchannel', channel('1.3', 'Local/5@x'))).toMatchObject([{ kind: 'internal' }]);
  });

  it('is told apart by its name where the directory has nobody', () => {
    const { live } = mapper(null);
    expect(live('Newchannel', channel('1.1', 'PJSIP/acme-101'))).toMatchObject([{ kind: 'device' }]);
    expect(live('Newchannel', channel('1.2', 'PJSIP/trunk'))).toMatchObject([{ kind: 'trunk' }]);
  });

  it('tells all it can be attributed by', () => {
    const [started] = mapper().live('Newchannel', {
      ...channel('1.1', 'PJSIP/carrier', { AccountCode: 'one', Tenantid: 't1' }),
      ChanVariable: 'TENANT=x',
    });
    expect(started).toMatchObject({ keys: ['name:PJSIP/carrier', 'tenantid:t1', 'accountcode:one', 'context:in', 'variable:TENANT=x'] });
  });

  it('tells new keys of a line, never of a phone: a phone rung gets the account of its caller', () => {
    const { live } = mapper();
    live('Newchannel', channel('1.1', 'PJSIP/carrier'));
    live('Newchannel', channel('1.2', 'PJSIP/alpha'));
    expect(live('NewAccountCode', channel('1.1', 'PJSIP/carrier', { AccountCode: 'two' }))).toMatchObject([
      { type: 'leg.updated', keys: expect.arrayContaining(['accountcode:two']) as unknown },
    ]);
    expect(live('NewAccountCode', channel('1.2', 'PJSIP/alpha', { AccountCode: 'two' }))).toEqual([]);
  });

  it('that was missed at its start begins with the first word of it, and none comes back after its end', () => {
    const { live } = mapper();
    expect(live('BridgeEnter', { ...channel('1.1', 'PJSIP/alpha'), BridgeUniqueid: 'b' }).map((e) => e.type)).toEqual([
      'leg.started',
      'leg.bridged',
    ]);
    live('Hangup', { ...channel('1.1', 'PJSIP/alpha'), Cause: 16 });
    expect(live('Newstate', channel('1.1', 'PJSIP/alpha', { ChannelState: 6 }))).toEqual([]);
  });

  it('is told anew when the directory turns out to have it', () => {
    const { live, map } = mapper({
      ...DIRECTORY,
      users: [{ ...DIRECTORY.users[0], devices: ['PJSIP/other'] } as Directory['users'][number]],
    });
    expect(live('Newchannel', channel('1.1', 'PJSIP/alpha'))).toMatchObject([{ kind: 'trunk' }]);
    map.setDirectory(DIRECTORY);
    expect(map.take()).toMatchObject([{ type: 'leg.updated', leg: '1.1', kind: 'device', party: { number: '11', name: 'Al Pha' } }]);
  });

  it('of the outside bears the number dialled', () => {
    const { live } = mapper();
    live('Newchannel', channel('1.1', 'PJSIP/alpha'));
    const dest = Object.fromEntries(
      Object.entries(channel('1.2', 'PJSIP/carrier', { ChannelState: 0, Linkedid: '1.1' })).map(([k, v]) => [`Dest${k}`, v]),
    );
    const events = live('DialBegin', { ...channel('1.1', 'PJSIP/alpha'), ...dest, DialString: '+4989777@carrier' });
    expect(events).toMatchObject([
      { type: 'leg.started' },
      { type: 'leg.dialled', leg: '1.2', parent: '1.1' },
      { type: 'leg.updated', party: { number: '+4989777' } },
    ]);
  });
});

describe('groups', () => {
  it('are merged as soon as a leg tells another Linkedid, once, whichever event tells it', () => {
    const { live } = mapper();
    live('Newchannel', channel('1.1', 'PJSIP/alpha'));
    live('Newchannel', channel('1.2', 'PJSIP/carrier'));
    expect(live('NewConnectedLine', channel('1.2', 'PJSIP/carrier', { Linkedid: '1.1' }))).toMatchObject([
      { type: 'call.merged', call: '1.1', merged: '1.2' },
    ]);
    expect(live('Newstate', channel('1.2', 'PJSIP/carrier', { Linkedid: '1.1' }))).toEqual([]);
    expect(live('Newchannel', channel('1.3', 'PJSIP/other', { Linkedid: '1.2' }))).toMatchObject([{ call: '1.1' }]);
  });
});

describe('leaving a queue', () => {
  const joined = (): ReturnType<typeof mapper> => {
    const it_ = mapper();
    it_.live('Newchannel', channel('1.1', 'PJSIP/carrier'));
    it_.live('QueueCallerJoin', { ...channel('1.1', 'PJSIP/carrier'), Queue: 'sales', Position: 1 });
    return it_;
  };
  const reasons = (events: readonly NeutralEvent[]): string[] =>
    events.flatMap((event) => (event.type === 'queue.left' ? [event.reason] : []));
  const leave = (live: ReturnType<typeof mapper>['live']): string[] => [
    ...reasons(live('QueueCallerAbandon', { ...channel('1.1', 'PJSIP/carrier'), Queue: 'sales' })),
    ...reasons(live('QueueCallerLeave', { ...channel('1.1', 'PJSIP/carrier'), Queue: 'sales' })),
  ];

  it('is abandoning if the caller hangs up, in whatever order it is told', () => {
    const before = joined();
    before.live('HangupRequest', channel('1.1', 'PJSIP/carrier'));
    expect(leave(before.live)).toEqual(['abandoned']);
    const after = joined();
    expect([...leave(after.live), ...reasons(after.live('HangupRequest', channel('1.1', 'PJSIP/carrier'), AT + 20))]).toEqual([
      'unknown',
      'abandoned',
    ]);
  });

  it('is a time-out if the caller goes on or is hung up', () => {
    const { live } = joined();
    expect([...leave(live), ...reasons(live('Hangup', { ...channel('1.1', 'PJSIP/carrier'), Cause: 16 }, AT + 5_000))]).toEqual([
      'unknown',
      'timeout',
    ]);
    const later = joined();
    expect([...leave(later.live), ...reasons(later.live('HangupRequest', channel('1.1', 'PJSIP/carrier'), AT + 5_000))]).toEqual([
      'unknown',
      'timeout',
    ]);
  });

  it('lets a queue attribute its caller', () => {
    const { live } = mapper();
    live('Newchannel', channel('1.1', 'PJSIP/carrier'));
    expect(live('QueueCallerJoin', { ...channel('1.1', 'PJSIP/carrier'), Queue: 'sales' })).toMatchObject([
      { type: 'queue.entered', keys: ['name:sales', 'accountcode:one'] },
    ]);
  });
});

describe('what serves a leg', () => {
  it('is asked for while the leg is up and alone, and told once', () => {
    const { live, map } = mapper();
    live('Newchannel', channel('1.1', 'PJSIP/carrier'));
    expect(map.wantsApplications()).toBe(false);
    live('Newstate', channel('1.1', 'PJSIP/carrier', { ChannelState: 6 }));
    expect(map.wantsApplications()).toBe(true);
    const answer = [message('CoreShowChannel', { ...channel('1.1', 'PJSIP/carrier'), Application: 'BackGround', ApplicationData: 'menu' })];
    map.applications(answer, AT + 10);
    map.applications(answer, AT + 20);
    expect(map.take()).toMatchObject([{ type: 'leg.served', leg: '1.1', service: 'ivr', detail: 'menu', at: AT + 10 }]);
    map.applications([message('CoreShowChannel', { ...channel('1.1', 'PJSIP/carrier'), Application: 'VoiceMail' })], AT + 30);
    expect(map.take()).toMatchObject([{ service: 'voicemail' }]);
    expect(map.wantsApplications()).toBe(false);
  });

  it('is not asked for in a bridge or a queue', () => {
    const { live, map } = mapper();
    live('Newchannel', channel('1.1', 'PJSIP/carrier', { ChannelState: 6 }));
    live('BridgeEnter', { ...channel('1.1', 'PJSIP/carrier'), BridgeUniqueid: 'b' });
    expect(map.wantsApplications()).toBe(false);
    live('BridgeLeave', { ...channel('1.1', 'PJSIP/carrier'), BridgeUniqueid: 'b' });
    expect(map.wantsApplications()).toBe(true);
    live('QueueCallerJoin', { ...channel('1.1', 'PJSIP/carrier'), Queue: 'sales' });
    expect(map.wantsApplications()).toBe(false);
  });
});

describe('a member of queues', () => {
  const member = {
    Queue: 'support',
    Interface: 'PJSIP/beta-22',
    StateInterface: 'PJSIP/beta-22',
    MemberName: 'Bea',
    Membership: 'static',
    Status: 1,
    Paused: 0,
    PausedReason: '',
    Wrapuptime: 15,
  };

  it('is told when it changes, not each time the PBX says so', () => {
    const { live } = mapper();
    expect(live('QueueMemberAdded', member).map((e) => e.type)).toEqual(['agent.membership', 'agent.device']);
    expect(live('QueueMemberStatus', member)).toEqual([]);
    expect(live('QueueMemberStatus', { ...member, Status: 6 })).toMatchObject([{ type: 'agent.device', state: 'ringing' }]);
    expect(live('QueueMemberPause', { ...member, Paused: 1, Reason: 'Tea' })).toMatchObject([
      { type: 'agent.paused', paused: true, reason: 'Tea' },
    ]);
    expect(live('QueueMemberRemoved', member)).toMatchObject([{ type: 'agent.membership', loggedIn: false }]);
  });

  it('is told again with the account of its phone once a call shows it', () => {
    const { live } = mapper();
    live('QueueMemberAdded', member);
    const events = live('Newchannel', channel('1.1', 'PJSIP/beta-22', { AccountCode: 'two' }));
    expect(events).toMatchObject([
      { type: 'leg.started', kind: 'device' },
      { type: 'agent.membership', agent: 'PJSIP/beta-22', loggedIn: true, keys: expect.arrayContaining(['accountcode:two']) as unknown },
    ]);
  });

  it('is told the account that the directory could not see', () => {
    const { live } = mapper();
    live('QueueMemberAdded', { ...member, Interface: 'PJSIP/alpha', StateInterface: 'PJSIP/alpha' });
    expect(live('Newchannel', channel('1.1', 'PJSIP/alpha', { Tenantid: 't1' }))[1]).toMatchObject({
      type: 'agent.membership',
      device: 'PJSIP/alpha',
      keys: ['name:PJSIP/alpha', 'accountcode:one', 'tenantid:t1'],
    });
  });

  it('wraps up for as long as its queue says', () => {
    const { live } = mapper();
    live('QueueMemberAdded', member);
    live('Newchannel', channel('1.1', 'PJSIP/carrier'));
    expect(
      live('AgentComplete', { ...channel('1.1', 'PJSIP/carrier'), Queue: 'support', Interface: 'PJSIP/beta-22', Reason: 'agent' }),
    ).toMatchObject([{ type: 'queue.completed', wrapUpMs: 15_000, endedBy: 'agent' }]);
  });
});

it('frames a snapshot and forgets what it does not name', () => {
  const { live, map } = mapper();
  live('Newchannel', channel('1.1', 'PJSIP/carrier', { ChannelState: 6 }));
  map.snapshot(
    {
      channels: [
        message('CoreShowChannel', {
          ...channel('1.5', 'PJSIP/alpha', { ChannelState: 6 }),
          Application: 'BackGround',
          Duration: '00:01:05',
          BridgeId: '',
        }),
      ],
      bridges: [],
      queueStatus: [],
      deviceStates: [],
    },
    AT,
    true,
    'run2',
  );
  const events = map.take();
  expect(events).toMatchObject([
    { type: 'snapshot.started', restarted: true, epoch: 'run2', gap: true, origin: 'snapshot' },
    { type: 'leg.started', leg: '1.5', up: true, at: AT - 65_000 },
    { type: 'leg.served', service: 'ivr' },
    { type: 'snapshot.completed' },
  ]);
  map.applications([message('CoreShowChannel', { ...channel('1.1', 'PJSIP/carrier'), Application: 'VoiceMail' })], AT);
  expect(map.take()).toEqual([]);
});

it('numbers its events without a hole', () => {
  const { live } = mapper();
  const seqs = [
    ...live('Newchannel', channel('1.1', 'PJSIP/alpha')),
    ...live('Newstate', channel('1.1', 'PJSIP/alpha', { ChannelState: 5 })),
    ...live('Hangup', channel('1.1', 'PJSIP/alpha')),
  ].map((event) => event.seq);
  expect(seqs).toEqual([7, 8, 9]);
});

it('swallows whatever a wanted event may hold', () => {
  const headers = [
    'Uniqueid',
    'Linkedid',
    'DestUniqueid',
    'DestLinkedid',
    'Channel',
    'DestChannel',
    'ChannelState',
    'BridgeUniqueid',
    'BridgeType',
    'Queue',
    'Interface',
    'Status',
    'Paused',
    'DialStatus',
    'Timestamp',
    'TransfererUniqueid',
    'TransfereeUniqueid',
    'LocalOneUniqueid',
    'LocalOneChannel',
    'Result',
    'Cause',
    'Device',
    'State',
    'EventName',
    'Application',
    'UniqueID',
  ];
  const value = fc.oneof(
    fc.constantFrom(
      '',
      '1.1',
      '1.2',
      '1.3',
      'PJSIP/alpha-00000001',
      'Local/1@x-00000001;1',
      'Local/1@x-00000001;2',
      '6',
      '5',
      'Success',
      'ANSWER',
      'sales',
      'NaN',
      '-1',
    ),
    fc.string({ maxLength: 12 }),
  );
  const event = fc.tuple(fc.constantFrom(...WANTED_EVENTS), fc.dictionary(fc.constantFrom(...headers), value));
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      const { live } = mapper();
      for (const [name, fields] of events)
        for (const neutral of live(name, Object.fromEntries(Object.entries(fields).map(([k, v]) => [k, v.replaceAll(/[\r\n]/g, ' ')]))))
          expect(Number.isFinite(neutral.at)).toBe(true);
    }),
    { numRuns: 500 },
  );
});
