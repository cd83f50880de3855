import type { EventClass } from '../core/event.ts';
import { line } from '../core/event.ts';
import type { Switch } from '../core/switch.ts';
import { bridgeInfo, bridgeList, coreShowChannels, status } from './actions-calls.ts';
import { coreSettings, coreStatus, dbGet, dbGetTree, ping, presenceStateList, voicemailUsersList } from './actions-core.ts';
import { deviceStateList, extensionStateList, pjsipShowEndpoint, pjsipShowEndpoints } from './actions-devices.ts';
import { queueStatus, queueSummary } from './actions-queues.ts';
import { errorText, idLine, type ActionHandler } from './answers.ts';
import type { AmiRequest } from './request.ts';
import { classMask, type AmiUser } from './rights.ts';

interface Action {
  /** Any of these classes in `write=` is enough; none: everybody may. */
  needs: readonly EventClass[];
  help: string;
  run: ActionHandler;
}

/** Answers for a logged-in user, with Asterisk's refusals for what is unknown or not granted. */
export function runAction(pbx: Switch, user: AmiUser, request: AmiRequest): string {
  if (request.action.toLowerCase() === 'listcommands') return listCommands(user, request);
  const action = BY_LOWER_NAME.get(request.action.toLowerCase());
  if (!action) {
    const message = `Invalid/unknown command: ${request.action}. Use Action: ListCommands to show available commands.`;
    return errorText(request.actionId, message);
  }
  return mayRun(user, action) ? action.run(pbx, request) : errorText(request.actionId, 'Permission denied');
}

/** Known to Asterisk but nothing that the simulated PBX does: shows what a right allows. */
const refuse: ActionHandler = (_pbx, request) => errorText(request.actionId, 'The simulated PBX does not do this');

/** In Asterisk's own order. Actions that change something are listed for their rights and refused. */
const ACTIONS: Readonly<Record<string, Action>> = {
  BridgeInfo: { needs: [], help: 'Get information about a bridge.', run: bridgeInfo },
  BridgeList: { needs: [], help: 'Get a list of bridges in the system.', run: bridgeList },
  Challenge: { needs: [], help: 'Generate Challenge for MD5 Auth.', run: refuse },
  Command: { needs: ['command'], help: 'Execute Asterisk CLI Command.', run: refuse },
  CoreSettings: { needs: ['system', 'reporting'], help: 'Show PBX core settings (version etc).', run: coreSettings },
  CoreShowChannels: { needs: ['system', 'reporting'], help: 'List currently active channels.', run: coreShowChannels },
  CoreStatus: { needs: ['system', 'reporting'], help: 'Show PBX core status variables.', run: coreStatus },
  DBGet: { needs: ['system', 'reporting'], help: 'Get DB Entry.', run: dbGet },
  DBGetTree: { needs: ['system', 'reporting'], help: 'Get DB entries, optionally at a particular family/key', run: dbGetTree },
  DeviceStateList: { needs: ['call', 'reporting'], help: 'List the current known device states.', run: deviceStateList },
  Events: { needs: [], help: 'Control Event Flow.', run: refuse },
  ExtensionStateList: { needs: ['call', 'reporting'], help: 'List the current known extension states.', run: extensionStateList },
  Hangup: { needs: ['system', 'call'], help: 'Hangup channel.', run: refuse },
  ListCommands: { needs: [], help: 'List available manager commands.', run: refuse },
  Login: { needs: [], help: 'Login Manager.', run: refuse },
  Logoff: { needs: [], help: 'Logoff Manager.', run: refuse },
  Originate: { needs: ['originate'], help: 'Originate a call.', run: refuse },
  Ping: { needs: [], help: 'Keepalive command.', run: ping },
  PJSIPShowEndpoint: { needs: ['system'], help: 'Detail listing of an endpoint and its objects.', run: pjsipShowEndpoint },
  PJSIPShowEndpoints: { needs: ['system'], help: 'Lists PJSIP endpoints.', run: pjsipShowEndpoints },
  PresenceStateList: { needs: ['call', 'reporting'], help: 'List the current known presence states.', run: presenceStateList },
  QueuePause: { needs: ['agent'], help: 'Makes a queue member temporarily unavailable.', run: refuse },
  QueueStatus: { needs: [], help: 'Show queue status.', run: queueStatus },
  QueueSummary: { needs: [], help: 'Show queue summary.', run: queueSummary },
  Redirect: { needs: ['call'], help: 'Redirect (transfer) a call.', run: refuse },
  Status: { needs: ['system', 'call', 'reporting'], help: 'List channel status.', run: status },
  VoicemailUsersList: { needs: ['call', 'reporting'], help: 'List All Voicemail User Information.', run: voicemailUsersList },
};

const BY_LOWER_NAME = new Map(Object.entries(ACTIONS).map(([name, action]) => [name.toLowerCase(), action]));

const mayRun = (user: AmiUser, action: Action): boolean =>
  action.needs.length === 0 || (classMask(user.write) & classMask(action.needs)) !== 0;

/** Lists what this user may do, and only that. */
function listCommands(user: AmiUser, request: AmiRequest): string {
  const allowed = Object.entries(ACTIONS).filter(([, action]) => mayRun(user, action));
  const lines = allowed.map(([name, action]) => line(name, `${action.help}  (Priv: ${privilege(action.needs)})`));
  return `${line('Response', 'Success')}${idLine(request.actionId)}${lines.join('')}\r\n`;
}

const privilege = (needs: readonly EventClass[]): string => (needs.length === 0 ? '<none>' : `${needs.join(',')},all`);
