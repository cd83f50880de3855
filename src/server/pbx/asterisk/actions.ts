import { LinkError } from '../connector.ts';

/**
 * Every action this program can ever send: they only read. Several harmful ones (BridgeKick,
 * QueueReset ...) need no right at all on an Asterisk, so the list is what protects the PBX.
 * Absent on purpose, because they hand out passwords: GetConfig, GetConfigJSON, PJSIPShowAuths.
 */
export const ALLOWED_ACTIONS = [
  'BridgeList',
  'Challenge',
  'CoreSettings',
  'CoreShowChannels',
  'CoreStatus',
  'DBGetTree',
  'DeviceStateList',
  'Events',
  'ExtensionStateList',
  'ListCommands',
  'Login',
  'Logoff',
  'PJSIPShowEndpoint',
  'PJSIPShowEndpoints',
  'Ping',
  'QueueStatus',
  'VoicemailUsersList',
] as const;
export type AmiAction = (typeof ALLOWED_ACTIONS)[number];

/** Events whose text holds passwords (`PJSIPShowEndpoint` sends them along). They are never read out of the bytes. */
export const NEVER_READ: ReadonlySet<string> = new Set(['AuthDetail', 'TransportDetail']);

const allowed: ReadonlySet<string> = new Set(ALLOWED_ACTIONS);

export type AmiHeaders = Readonly<Record<string, string>>;

/**
 * The text of an action as it goes on the wire.
 * @throws LinkError `protocol` for an action outside the list and for a value that would begin another line
 */
export function encodeAction(action: AmiAction, actionId: string, headers: AmiHeaders): string {
  if (!allowed.has(action)) throw new LinkError('protocol', `action ${JSON.stringify(action)} is not allowed`);
  let text = `Action: ${action}\r\nActionID: ${actionId}\r\n`;
  for (const [name, value] of Object.entries(headers)) {
    if (hasLineEnd(name) || hasLineEnd(value)) throw new LinkError('protocol', `a line break in header ${JSON.stringify(name)}`);
    text += `${name}: ${value}\r\n`;
  }
  return `${text}\r\n`;
}

function hasLineEnd(text: string): boolean {
  return text.includes('\r') || text.includes('\n') || text.includes('\0');
}
