import type { Company, Person } from '../core/company.ts';
import type { DeviceStateName } from '../core/devices.ts';
import { line } from '../core/event.ts';
import type { Switch } from '../core/switch.ts';
import { errorText, listText, type ListItem, type ActionHandler } from './answers.ts';

/** PJSIP's words for a device's state. */
const STATE_WORDS: Record<DeviceStateName, string> = {
  NOT_INUSE: 'Not in use',
  INUSE: 'In use',
  BUSY: 'Busy',
  UNAVAILABLE: 'Unavailable',
  RINGING: 'Ringing',
  RINGINUSE: 'Ring+Inuse',
  ONHOLD: 'On Hold',
};

export const deviceStateList: ActionHandler = (pbx, request) => {
  const items = [...pbx.devices.all()].map(([device, state]) => ({
    event: 'DeviceStateChange',
    fields: line('Device', device) + line('State', state),
  }));
  return listText(request.actionId, 'Device State Changes will follow', items, 'DeviceStateListComplete');
};

export const extensionStateList: ActionHandler = (pbx, request) => {
  const items = owners(pbx).map(({ company, person }) => ({ event: 'ExtensionStatus', fields: pbx.devices.hintFields(company, person) }));
  return listText(request.actionId, 'Extension Statuses will follow', items, 'ExtensionStateListComplete');
};

export const pjsipShowEndpoints: ActionHandler = (pbx, request) => {
  const phones = owners(pbx).map(({ person }) => endpointItem(pbx, nameOf(person), nameOf(person), contactUri(person)));
  const items = [...phones, endpointItem(pbx, 'trunk', '', TRUNK_URI)];
  return listText(request.actionId, 'A listing of Endpoints follows, presented as EndpointList events', items, 'EndpointListComplete');
};

export const pjsipShowEndpoint: ActionHandler = (pbx, request) => {
  const name = request.headers.get('endpoint');
  if (!name) return `${errorText(request.actionId, 'PJSIPShowEndpoint requires an endpoint name')}\r\n`;
  const owner = owners(pbx).find(({ person }) => nameOf(person) === name);
  if (!owner && name !== 'trunk') return `${errorText(request.actionId, `Unable to retrieve endpoint ${name}`)}\r\n`;
  const items = owner ? phoneItems(pbx, owner.company, owner.person) : [trunkItem(pbx)];
  const message = 'Following are Events for each object associated with the Endpoint';
  return listText(request.actionId, message, items, 'EndpointDetailComplete');
};

const TRUNK_URI = 'sip:carrier@192.0.2.10:5060';

const owners = (pbx: Switch): { company: Company; person: Person }[] =>
  pbx.companies.flatMap((company) => company.people.map((person) => ({ company, person })));

const nameOf = (person: Person): string => person.device.slice('PJSIP/'.length);

const contactUri = (person: Person): string => `sip:${nameOf(person)}@192.0.2.20:5060`;

function endpointItem(pbx: Switch, name: string, auth: string, uri: string): ListItem {
  const fields =
    line('ObjectType', 'endpoint') +
    line('ObjectName', name) +
    line('Transport', 'transport-udp') +
    line('Aor', name) +
    line('Auths', auth) +
    line('OutboundAuths', '') +
    line('Contacts', `${name}/${uri},`) +
    stateFields(pbx, `PJSIP/${name}`);
  return { event: 'EndpointList', fields };
}

/** The options that tell who it is, in Asterisk's order; the hundred others say nothing about the simulated phones. */
function phoneItems(pbx: Switch, company: Company, person: Person): ListItem[] {
  const name = nameOf(person);
  const detail =
    line('ObjectType', 'endpoint') +
    line('ObjectName', name) +
    line('DeviceStateBusyAt', 0) +
    line('NamedPickupGroup', company.key) +
    line('MessageContext', '') +
    line('Tenantid', company.key) +
    line('Mailboxes', person.mailbox) +
    line('NamedCallGroup', company.key) +
    line('Aors', name) +
    line('Context', company.key) +
    line('Transport', 'transport-udp') +
    line('SetVar', `TENANT=${company.key},USER_EMAIL=${person.email}`) +
    line('Language', '') +
    line('Callerid', `"${person.name}" <${person.extension}>`) +
    line('Accountcode', company.key) +
    line('Allow', '(ulaw)') +
    line('Auth', name) +
    line('AllowTransfer', 'true') +
    stateFields(pbx, person.device);
  const aor =
    line('ObjectType', 'aor') +
    line('ObjectName', name) +
    line('DefaultExpiration', 3600) +
    line('Mailboxes', person.mailbox) +
    line('MaxContacts', 1) +
    line('Contacts', `${name}/${contactUri(person)}`) +
    line('TotalContacts', 1) +
    line('ContactsRegistered', 1) +
    line('EndpointName', name);
  const contact =
    line('AOR', name) +
    line('URI', contactUri(person)) +
    line('UserAgent', 'simulated-phone/1.0') +
    line('Status', 'NonQualified') +
    line('RoundtripUsec', 'N/A') +
    line('EndpointName', name) +
    line('ID', `${name};@${person.extension}`);
  // Asterisk hands the phone's password to whoever may ask: a client must not keep it.
  const auth =
    line('ObjectType', 'auth') +
    line('ObjectName', name) +
    line('Username', name) +
    line('AuthType', 'userpass') +
    line('Password', `phone-password-${name}`) +
    line('EndpointName', name);
  return [
    { event: 'EndpointDetail', fields: detail },
    { event: 'AuthDetail', fields: auth },
    { event: 'AorDetail', fields: aor },
    { event: 'ContactStatusDetail', fields: contact },
  ];
}

function trunkItem(pbx: Switch): ListItem {
  const detail =
    line('ObjectType', 'endpoint') +
    line('ObjectName', 'trunk') +
    line('Mailboxes', '') +
    line('Aors', 'trunk') +
    line('Context', 'from-trunk') +
    line('SetVar', '') +
    line('Callerid', '<unknown>') +
    line('Accountcode', '') +
    line('Auth', '') +
    stateFields(pbx, 'PJSIP/trunk');
  return { event: 'EndpointDetail', fields: detail };
}

function stateFields(pbx: Switch, device: string): string {
  const active = [...pbx.channels.values()].filter((c) => c.device === device).length;
  return line('DeviceState', STATE_WORDS[pbx.devices.state(device)]) + line('ActiveChannels', active);
}
