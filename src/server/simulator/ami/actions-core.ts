import { localTime } from '../core/cdr.ts';
import { line } from '../core/event.ts';
import { errorText, idLine, listText, type ActionHandler } from './answers.ts';

export const ping: ActionHandler = (pbx, request) =>
  `${line('Response', 'Success')}${idLine(request.actionId)}${line('Ping', 'Pong')}${line('Timestamp', `${(pbx.now() / 1000).toFixed(3)}000`)}\r\n`;

export const coreSettings: ActionHandler = (_pbx, request) =>
  line('Response', 'Success') +
  idLine(request.actionId) +
  line('AMIversion', '11.0.0') +
  line('AsteriskVersion', '22.10.1') +
  line('SystemName', '') +
  line('CoreMaxCalls', 0) +
  line('CoreMaxLoadAvg', '0.000000') +
  line('CoreRunUser', '') +
  line('CoreRunGroup', '') +
  line('CoreMaxFilehandles', 0) +
  line('CoreRealTimeEnabled', 'No') +
  line('CoreCDRenabled', 'Yes') +
  line('CoreHTTPenabled', 'No') +
  line('SoundsSearchCustomDir', 'No') +
  '\r\n';

export const coreStatus: ActionHandler = (pbx, request) => {
  const [date = '', time = ''] = localTime(pbx.startedAt).split(' ');
  return (
    line('Response', 'Success') +
    idLine(request.actionId) +
    line('CoreStartupDate', date) +
    line('CoreStartupTime', time) +
    line('CoreReloadDate', date) +
    line('CoreReloadTime', time) +
    line('CoreCurrentCalls', pbx.channels.size) +
    line('CoreProcessedCalls', pbx.processedCalls) +
    '\r\n'
  );
};

export const dbGet: ActionHandler = (pbx, request) => {
  const family = request.headers.get('family');
  const key = request.headers.get('key');
  if (!family) return errorText(request.actionId, 'No family specified.');
  if (!key) return errorText(request.actionId, 'No key specified.');
  const value = pbx.database.get(`/${family}/${key}`);
  if (value === undefined) return errorText(request.actionId, 'Database entry not found');
  const fields = line('Family', family) + line('Key', key) + line('Val', value);
  return listText(request.actionId, 'Result will follow', [{ event: 'DBGetResponse', fields }], 'DBGetComplete');
};

const byPath = ([a]: readonly [string, string], [b]: readonly [string, string]): number => (a < b ? -1 : 1);

export const dbGetTree: ActionHandler = (pbx, request) => {
  const family = request.headers.get('family');
  const key = request.headers.get('key');
  const prefix = (family ? `/${family}` : '') + (key ? `/${key}` : '');
  const entries = [...pbx.database].filter(([path]) => path === prefix || path.startsWith(`${prefix}/`)).toSorted(byPath);
  const items = entries.map(([path, value]) => ({
    event: 'DBGetTreeResponse',
    fields: line('Key', path) + line('Val', value),
    idLast: true,
  }));
  return listText(request.actionId, 'Result will follow', items, 'DBGetTreeComplete');
};

/** Nobody on the simulated PBX sets a presence. */
export const presenceStateList: ActionHandler = (_pbx, request) =>
  listText(request.actionId, 'Presence State Changes will follow', [], 'PresenceStateListComplete');

export const voicemailUsersList: ActionHandler = (pbx, request) => {
  const items = pbx.companies.flatMap((company) =>
    company.people.map((person) => ({
      event: 'VoicemailUserEntry',
      fields:
        line('VMContext', company.key) +
        line('VoiceMailbox', person.extension) +
        line('Fullname', person.name) +
        line('Email', person.email) +
        line('Pager', '') +
        line('ServerEmail', 'pbx@pbx.example') +
        line('FromString', '') +
        line('MailCommand', '/bin/true') +
        line('Language', '') +
        line('TimeZone', '') +
        line('Callback', '') +
        line('Dialout', '') +
        line('UniqueID', '') +
        line('ExitContext', '') +
        line('SayDurationMinimum', 2) +
        line('SayEnvelope', 'Yes') +
        line('SayCID', 'No') +
        line('AttachMessage', 'No') +
        line('AttachmentFormat', '') +
        line('DeleteMessage', 'No') +
        line('VolumeGain', '0.00') +
        line('CanReview', 'No') +
        line('CanMarkUrgent', 'Yes') +
        line('CallOperator', 'No') +
        line('MaxMessageCount', 100) +
        line('MaxMessageLength', 30) +
        line('NewMessageCount', pbx.mailboxes.get(person.mailbox) ?? 0) +
        line('OldMessageCount', 0),
    })),
  );
  return listText(request.actionId, 'Voicemail user list will follow', items, 'VoicemailUserEntryComplete');
};
