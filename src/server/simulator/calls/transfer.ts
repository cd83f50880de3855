import { destroyBridge, enterBridge, hold, leaveBridge } from '../core/bridging.ts';
import { bridgeBlock, channelBlock } from '../core/channel.ts';
import type { Person } from '../core/company.ts';
import { line } from '../core/event.ts';
import type { Script } from '../core/script.ts';
import { handOver, type Conversation } from './conversation.ts';
import { addLeg } from './facts.ts';
import { ringPerson, type CallContext } from './ring.ts';

/** The inside party sends the outside one to a colleague, unseen. */
export function* blindTransfer(call: CallContext, talk: Conversation, to: Person, answersAfterMs: number): Script<void> {
  const { pbx, company, facts } = call;
  const { inside, outside } = talk;
  const bridge = inside.bridge;
  if (!bridge) return;
  pbx.sendChannel('Unhold', inside);
  sendBlindTransfer(call, talk, to.extension);
  handOver(call, talk, 'transfer');
  leaveBridge(pbx, inside);
  pbx.goto(outside, company.key, to.extension, 1);
  leaveBridge(pbx, outside);
  destroyBridge(pbx, bridge);
  pbx.hangup(inside, 16);
  const rung = yield* ringPerson(call, outside, to, { does: 'answers', afterMs: answersAfterMs });
  if (rung.status !== 'ANSWER') return;
  talk.inside = rung.callee;
  facts.transfers.push({ kind: 'blind', to: to.device });
}

/** The inside party asks a colleague first, then joins the two. */
export function* attendedTransfer(
  call: CallContext,
  talk: Conversation,
  to: Person,
  answersAfterMs: number,
  consultMs: number,
): Script<void> {
  const { pbx, company, facts } = call;
  const { inside, outside } = talk;
  const heldAt = pbx.now();
  hold(pbx, inside);
  const consult = pbx.newChannel({
    device: inside.device,
    state: 4,
    callerId: inside.callerId,
    account: company.key,
    tenant: company.key,
    context: company.key,
    exten: to.extension,
    dnid: to.extension,
  });
  addLeg(facts, consult);
  const rung = yield* ringPerson(call, consult, to, { does: 'answers', afterMs: answersAfterMs });
  if (rung.status !== 'ANSWER') return;
  const target = rung.callee;
  yield consultMs;
  facts.holdMs += pbx.now() - heldAt;
  const first = inside.bridge;
  const second = consult.bridge;
  if (!first || !second) return;
  pbx.sendChannel('Unhold', inside);
  pbx.sendChannel('Unhold', consult);
  outside.held = false;
  pbx.sendChannel('MusicOnHoldStop', outside);
  pbx.devices.refresh(outside.device);
  // The event shows everything as it was before the move, and comes after it.
  const transfer =
    line('Result', 'Success') +
    channelBlock(inside, 'OrigTransferer') +
    bridgeBlock(first, 'Orig') +
    channelBlock(consult, 'SecondTransferer') +
    bridgeBlock(second, 'Second') +
    channelBlock(outside, 'Transferee') +
    channelBlock(target, 'TransferTarget') +
    line('IsExternal', 'No') +
    line('DestType', 'Bridge') +
    line('DestBridgeUniqueid', second.id);
  leaveBridge(pbx, outside);
  leaveBridge(pbx, consult);
  enterBridge(pbx, second, outside, consult);
  pbx.setConnected(target, outside.callerId);
  pbx.softHangup(consult, 1);
  pbx.setConnected(outside, target.callerId);
  pbx.send('AttendedTransfer', 'call', transfer);
  pbx.cel.write(
    'ATTENDEDTRANSFER',
    inside,
    JSON.stringify({
      bridge1_id: first.id,
      channel2_name: consult.name,
      channel2_uniqueid: consult.uniqueid,
      bridge2_id: second.id,
      transferee_channel_name: outside.name,
      transferee_channel_uniqueid: outside.uniqueid,
      transfer_target_channel_name: target.name,
      transfer_target_channel_uniqueid: target.uniqueid,
    }),
  );
  handOver(call, talk, 'transfer');
  leaveBridge(pbx, inside);
  pbx.softHangup(consult, 16);
  destroyBridge(pbx, first);
  pbx.hangup(inside, 16);
  pbx.hangup(consult, 16);
  talk.inside = target;
  facts.transfers.push({ kind: 'attended', to: to.device });
}

/** The event of a blind transfer by the inside party, also to the parking extension. */
export function sendBlindTransfer(call: CallContext, talk: Conversation, extension: string): void {
  const { pbx, company } = call;
  const { inside, outside } = talk;
  if (!inside.bridge) return;
  const fields =
    line('Result', 'Success') +
    channelBlock(inside, 'Transferer') +
    channelBlock(outside, 'Transferee') +
    bridgeBlock(inside.bridge) +
    line('IsExternal', 'Yes') +
    line('Context', company.key) +
    line('Extension', extension);
  pbx.send('BlindTransfer', 'call', fields);
  const extra = {
    extension,
    context: company.key,
    bridge_id: inside.bridge.id,
    transferee_channel_name: outside.name,
    transferee_channel_uniqueid: outside.uniqueid,
  };
  pbx.cel.write('BLINDTRANSFER', inside, JSON.stringify(extra));
}
