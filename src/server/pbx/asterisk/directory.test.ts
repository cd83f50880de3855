import { describe, expect, it } from 'vitest';
import { buildDirectory, sameDirectory } from './directory.ts';
import type { DirectorySources } from './directory.ts';
import { parseMessage } from './message.ts';
import type { AmiMessage } from './message.ts';

const block = (event: string, headers: Record<string, string>): AmiMessage =>
  parseMessage([`Event: ${event}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)].join('\r\n'));
const hint = (Exten: string, Context: string, Hint: string): AmiMessage => block('ExtensionStatus', { Exten, Context, Hint, Status: '0' });
const mailbox = (VoiceMailbox: string, VMContext: string, Fullname: string, Email: string): AmiMessage =>
  block('VoicemailUserEntry', { VMContext, VoiceMailbox, Fullname, Email });
const endpoint = (ObjectName: string, over: Record<string, string> = {}): AmiMessage =>
  block('EndpointDetail', {
    ObjectType: 'endpoint',
    ObjectName,
    Callerid: '<unknown>',
    Context: 'from-internal',
    Accountcode: '',
    Mailboxes: '',
    SetVar: '',
    ...over,
  });
const db = (Key: string, Val: string): AmiMessage => block('DBGetTreeResponse', { Key, Val });
const queue = (Queue: string): AmiMessage => block('QueueParams', { Queue, Strategy: 'ringall' });
const member = (Queue: string, Location: string, StateInterface: string, over: Record<string, string> = {}): AmiMessage =>
  block('QueueMember', { Queue, Name: 'Somebody', Location, StateInterface, Membership: 'static', ...over });

const NOTHING: DirectorySources = {
  version: '22.10.1',
  hints: null,
  mailboxes: null,
  ampUsers: null,
  ampDevices: null,
  queueStatus: null,
  endpoints: null,
};
const build = (over: Partial<DirectorySources>) => buildDirectory({ ...NOTHING, ...over });

const LEAST: Partial<DirectorySources> = {
  hints: [hint('101', 'acme', 'PJSIP/acme-101&Custom:DND-acme-101,CustomPresence:acme-101'), hint('101', 'globex', 'PJSIP/globex-101')],
  mailboxes: [mailbox('101', 'acme', 'Alice Anders', 'alice@acme.example'), mailbox('101', 'globex', 'Frank Öst', 'frank@globex.example')],
};
const FULL: Partial<DirectorySources> = {
  ...LEAST,
  endpoints: [
    endpoint('acme-101', {
      Callerid: '"Alice Anders" <101>',
      Context: 'acme',
      Accountcode: 'acme',
      Tenantid: 'acme',
      Mailboxes: '101@acme',
      SetVar: 'TENANT=acme,USER_EMAIL=a@acme.example',
    }),
    endpoint('globex-101', { Callerid: '"Frank Öst" <101>', Context: 'globex', Mailboxes: '101@globex' }),
    endpoint('acme-190', { Callerid: '"Sipp, Agent" <190>' }),
    endpoint('trunk'),
  ],
};

describe('users of a plain Asterisk', () => {
  it('are found with the least rights by hints and voicemail; the same extension in two contexts is two people', () => {
    const { users, notices } = build(LEAST);
    expect(users).toEqual([
      {
        externalId: 'PJSIP/acme-101',
        name: 'Alice Anders',
        email: 'alice@acme.example',
        extension: '101',
        devices: ['PJSIP/acme-101'],
        keys: ['name:PJSIP/acme-101', 'context:acme'],
        derived: true,
      },
      {
        externalId: 'PJSIP/globex-101',
        name: 'Frank Öst',
        email: 'frank@globex.example',
        extension: '101',
        devices: ['PJSIP/globex-101'],
        keys: ['name:PJSIP/globex-101', 'context:globex'],
        derived: true,
      },
    ]);
    expect(notices.map((notice) => notice.code)).toEqual(['endpointsHidden', 'noQueues']);
  });

  it('keep their ids when more rights show more of them', () => {
    const least = build(LEAST).users.map((user) => user.externalId);
    const { users, notices } = build(FULL);
    expect(users.map((user) => user.externalId)).toEqual(['PJSIP/acme-101', 'PJSIP/acme-190', 'PJSIP/globex-101']);
    expect(users.map((user) => user.externalId)).toEqual(expect.arrayContaining(least));
    expect(users[0]?.keys).toEqual(['name:PJSIP/acme-101', 'context:acme', 'accountcode:acme', 'tenantid:acme', 'variable:TENANT=acme']);
    expect(notices.map((notice) => notice.code)).toEqual(['noQueues']);
  });

  it('keep their ids when they are renamed', () => {
    const [user] = build({ endpoints: [endpoint('acme-101', { Callerid: '"Alicia Zander" <101>' })] }).users;
    expect(user).toMatchObject({ externalId: 'PJSIP/acme-101', name: 'Alicia Zander' });
  });

  it('are not trunks: an endpoint without hint, mailbox and number', () => {
    expect(
      build(FULL)
        .users.map((user) => user.devices)
        .flat(),
    ).not.toContain('PJSIP/trunk');
  });

  it('with several phones are one; a group lamp over two people leaves them two', () => {
    const hints = [
      hint('555', 'x', 'PJSIP/a&PJSIP/b'),
      hint('1', 'x', 'PJSIP/a'),
      hint('2', 'x', 'PJSIP/b'),
      hint('3', 'x', 'PJSIP/c&SIP/c-mobile'),
    ];
    expect(build({ hints }).users.map((user) => [user.extension, user.devices])).toEqual([
      ['1', ['PJSIP/a']],
      ['2', ['PJSIP/b']],
      ['3', ['PJSIP/c', 'SIP/c-mobile']],
    ]);
  });

  it('are not pattern hints, parking places or feature keys', () => {
    expect(
      build({ hints: [hint('_1XX', 'x', 'PJSIP/${EXTEN}'), hint('71', 'x', 'park:71@parkedcalls'), hint('*76', 'x', 'Custom:DND101')] })
        .users,
    ).toEqual([]);
  });

  it('take a name from their queue, then from their number, when nothing else names them', () => {
    const hints = [hint('1', 'x', 'PJSIP/a'), hint('2', 'x', 'PJSIP/b')];
    expect(
      build({ hints, queueStatus: [queue('q'), member('q', 'PJSIP/a', 'PJSIP/a', { Name: 'Ann' })] }).users.map((user) => user.name),
    ).toEqual(['Ann', '2']);
  });
});

describe('users of a FreePBX', () => {
  const ampUsers = [
    db('/AMPUSER/201/cidname', 'Rosa Ruiz'),
    db('/AMPUSER/201/voicemail', 'default'),
    db('/AMPUSER/201/recording/in/external', 'dontcare'),
    db('/AMPUSER/202/cidname', 'Tom'),
    db('/AMPUSER/202/voicemail', 'novm'),
  ];
  const ampDevices = [
    db('/DEVICE/201/dial', 'PJSIP/201'),
    db('/DEVICE/201/user', '201'),
    db('/DEVICE/99201/dial', 'PJSIP/99201'),
    db('/DEVICE/99201/user', '201'),
    db('/DEVICE/202/dial', 'PJSIP/202'),
    db('/DEVICE/202/user', '202'),
  ];
  const mailboxes = [mailbox('201', 'default', 'Rosa R.', 'rosa@firma.example, other@firma.example')];

  it('are its own list, with all their devices and the first e-mail of their mailbox', () => {
    const { users } = build({
      ampUsers,
      ampDevices,
      mailboxes,
      hints: [hint('201', 'ext-local', 'PJSIP/201&Custom:DND201,CustomPresence:201')],
    });
    expect(users).toEqual([
      {
        externalId: '201',
        name: 'Rosa Ruiz',
        email: 'rosa@firma.example',
        extension: '201',
        devices: ['PJSIP/201', 'PJSIP/99201'],
        keys: ['name:PJSIP/201', 'name:PJSIP/99201'],
        derived: false,
      },
      { externalId: '202', name: 'Tom', email: null, extension: '202', devices: ['PJSIP/202'], keys: ['name:PJSIP/202'], derived: false },
    ]);
  });
});

describe('queues', () => {
  it('know the phone behind a member, be it named itself, by hint or by Local channel', () => {
    const hints = [hint('101', 'ext-local', 'PJSIP/101'), hint('102', 'from-queue', 'PJSIP/102')];
    const queueStatus = [
      queue('400'),
      member('400', 'Local/101@from-queue/n', 'hint:101@ext-local'),
      member('400', 'Local/102@from-queue/n', 'Local/102@from-queue/n', { Membership: 'dynamic' }),
      member('400', 'Local/9@nowhere/n', 'Local/9@nowhere/n'),
      member('400', 'PJSIP/103', 'PJSIP/103'),
    ];
    const [found] = build({ hints, queueStatus }).queues;
    expect(found).toMatchObject({ externalId: '400', number: '400', strategy: 'ringall' });
    expect(found?.members.map((each) => [each.agent, each.device, each.dynamic])).toEqual([
      ['Local/101@from-queue/n', 'PJSIP/101', false],
      ['Local/102@from-queue/n', 'PJSIP/102', true],
      ['Local/9@nowhere/n', null, false],
      ['PJSIP/103', 'PJSIP/103', false],
    ]);
  });

  it('carry their members’ names, and the other keys only when all members share them', () => {
    const keysOf = (...members: string[]): readonly string[] | undefined =>
      build({ ...FULL, queueStatus: [queue('q'), ...members.map((device) => member('q', device, device))] }).queues[0]?.keys;
    expect(keysOf('PJSIP/acme-101')).toEqual([
      'name:q',
      'name:PJSIP/acme-101',
      'context:acme',
      'accountcode:acme',
      'tenantid:acme',
      'variable:TENANT=acme',
    ]);
    expect(keysOf('PJSIP/acme-101', 'PJSIP/globex-101')).toEqual(['name:q', 'name:PJSIP/acme-101', 'name:PJSIP/globex-101']);
    expect(keysOf('PJSIP/acme-101', 'PJSIP/nobody')).toEqual(['name:q', 'name:PJSIP/acme-101', 'name:PJSIP/nobody']);
    expect(keysOf()).toEqual(['name:q']);
  });
});

describe('the same directory', () => {
  const members = (...dynamic: string[]) =>
    build({
      ...FULL,
      queueStatus: [
        queue('q'),
        member('q', 'PJSIP/acme-101', 'PJSIP/acme-101'),
        ...dynamic.map((device) => member('q', device, device, { Membership: 'dynamic' })),
      ],
    });

  it('stays the same while agents log in and out, and while lists come in another order', () => {
    expect(sameDirectory(members(), members('PJSIP/globex-101'))).toBe(true);
    expect(sameDirectory(build(FULL), build({ ...FULL, hints: FULL.hints?.toReversed() ?? null }))).toBe(true);
  });

  it('is another when somebody is renamed or comes', () => {
    expect(sameDirectory(build(LEAST), build({ ...LEAST, mailboxes: [] }))).toBe(false);
    expect(sameDirectory(build(LEAST), build({ ...LEAST, hints: (LEAST.hints ?? []).slice(1) }))).toBe(false);
  });
});
