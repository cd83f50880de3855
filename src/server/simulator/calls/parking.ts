import { createBridge, destroyBridge, enterBridge, leaveBridge } from '../core/bridging.ts';
import { channelBlock, type Bridge } from '../core/channel.ts';
import type { Person } from '../core/company.ts';
import { line } from '../core/event.ts';
import type { Script } from '../core/script.ts';
import type { Switch } from '../core/switch.ts';
import { handOver, type Conversation } from './conversation.ts';
import { addLeg } from './facts.ts';
import type { CallContext } from './ring.ts';
import { sendBlindTransfer } from './transfer.ts';

const PARK_EXTENSION = '700';
const FIRST_SPACE = 701;
const PARKING_TIMEOUT_SECONDS = 300;

/** The inside party parks the outside one; `by` fetches it after `parkedMs`. */
export function* park(call: CallContext, talk: Conversation, by: Person, parkedMs: number): Script<void> {
  const { pbx, company, facts } = call;
  const { inside: parker, outside: parkee } = talk;
  const bridge = parker.bridge;
  if (!bridge) return;
  const parkedAt = pbx.now();
  const lot = parkingLot(pbx);
  const space = freeSpace(pbx);
  const place = `park:${space}@parkedcalls`;
  pbx.sendChannel('Unhold', parker);
  pbx.send('ParkedCall', 'call', channelBlock(parkee, 'Parkee') + spaceFields(parker.device, space, 0));
  sendBlindTransfer(call, talk, PARK_EXTENSION);
  handOver(call, talk, 'transfer');
  leaveBridge(pbx, parkee);
  pbx.devices.set(place, 'INUSE');
  pbx.records.parked(parkee, `default:${space}`);
  pbx.cel.write('PARK_START', parkee, JSON.stringify({ parker_dial_string: parker.device, parking_lot: 'default' }));
  enterBridge(pbx, lot, parkee);
  pbx.sendChannel('MusicOnHoldStart', parkee, line('Class', 'default'));
  leaveBridge(pbx, parker);
  destroyBridge(pbx, bridge);
  pbx.hangup(parker, 16);
  yield parkedMs;
  facts.parkedMs += pbx.now() - parkedAt;
  const retriever = pbx.newChannel({
    device: by.device,
    state: 4,
    callerId: { number: by.extension, name: by.name },
    account: company.key,
    tenant: company.key,
    context: company.key,
    exten: String(space),
    dnid: String(space),
  });
  addLeg(facts, retriever);
  pbx.execute(retriever, 'ParkedCall', `default,${space}`);
  pbx.setState(retriever, 6);
  pbx.devices.refresh(retriever.device);
  const unparked =
    channelBlock(parkee, 'Parkee') +
    channelBlock(retriever, 'Retriever') +
    spaceFields(parker.device, space, Math.round((pbx.now() - parkedAt) / 1000));
  const meeting = createBridge(pbx);
  pbx.sendChannel('MusicOnHoldStop', parkee);
  pbx.devices.set(place, 'NOT_INUSE');
  pbx.cel.write('PARK_END', parkee, JSON.stringify({ reason: 'ParkedCallUnparked', retriever: retriever.name }));
  leaveBridge(pbx, parkee);
  enterBridge(pbx, meeting, parkee);
  enterBridge(pbx, meeting, retriever);
  pbx.setConnected(retriever, parkee.callerId);
  pbx.send('UnParkedCall', 'call', unparked);
  pbx.setConnected(parkee, retriever.callerId);
  talk.inside = retriever;
  facts.transfers.push({ kind: 'park', to: by.device });
}

/** The PBX has one parking lot; its bridge stays once made. */
function parkingLot(pbx: Switch): Bridge {
  for (const bridge of pbx.bridges.values()) if (bridge.type === 'parking') return bridge;
  return createBridge(pbx, 'parking');
}

function freeSpace(pbx: Switch): number {
  let space = FIRST_SPACE;
  while (pbx.devices.state(`park:${space}@parkedcalls`) === 'INUSE') space++;
  return space;
}

function spaceFields(parkerDevice: string, space: number, seconds: number): string {
  return (
    line('ParkerDialString', parkerDevice) +
    line('Parkinglot', 'default') +
    line('ParkingSpace', space) +
    line('ParkingTimeout', PARKING_TIMEOUT_SECONDS - seconds) +
    line('ParkingDuration', seconds)
  );
}
