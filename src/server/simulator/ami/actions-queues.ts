import { line } from '../core/event.ts';
import { memberFields, SERVICE_LEVEL_SECONDS, WRAPUP_SECONDS, type Queue } from '../core/queues.ts';
import type { Switch } from '../core/switch.ts';
import { listText, type ListItem, type ActionHandler } from './answers.ts';
import type { AmiRequest } from './request.ts';

export const queueStatus: ActionHandler = (pbx, request) => {
  const items: ListItem[] = [];
  for (const queue of askedQueues(pbx, request)) {
    items.push({ event: 'QueueParams', fields: paramsFields(queue), idLast: true });
    for (const member of queue.members) {
      const who = line('Queue', queue.plan.name) + line('Name', member.person.name) + line('Location', member.interface);
      const fields = who + line('StateInterface', member.interface) + memberFields(member, pbx.queues.memberStatus(member));
      items.push({ event: 'QueueMember', fields: fields + line('Wrapuptime', WRAPUP_SECONDS), idLast: true });
    }
    queue.entries.forEach((entry, index) => {
      const { channel } = entry;
      const fields =
        line('Queue', queue.plan.name) +
        line('Position', index + 1) +
        line('Channel', channel.name) +
        line('Uniqueid', channel.uniqueid) +
        line('CallerIDNum', channel.callerId.number || 'unknown') +
        line('CallerIDName', channel.callerId.name || 'unknown') +
        line('ConnectedLineNum', channel.connected.number || 'unknown') +
        line('ConnectedLineName', channel.connected.name || 'unknown') +
        line('Wait', pbx.queues.waitSeconds(entry)) +
        line('Priority', 0);
      items.push({ event: 'QueueEntry', fields, idLast: true });
    });
  }
  return listText(request.actionId, 'Queue status will follow', items, 'QueueStatusComplete');
};

export const queueSummary: ActionHandler = (pbx, request) => {
  const items = askedQueues(pbx, request).map((queue) => {
    const waits = queue.entries.map((entry) => pbx.queues.waitSeconds(entry));
    const fields =
      line('Queue', queue.plan.name) +
      line('LoggedIn', queue.members.length) +
      line('Available', queue.members.filter((m) => pbx.queues.isAvailable(m)).length) +
      line('Callers', queue.entries.length) +
      line('HoldTime', queue.holdtime) +
      line('TalkTime', queue.talktime) +
      line('LongestHoldTime', Math.max(0, ...waits));
    return { event: 'QueueSummary', fields };
  });
  return listText(request.actionId, 'Queue summary will follow', items, 'QueueSummaryComplete');
};

function askedQueues(pbx: Switch, request: AmiRequest): Queue[] {
  const name = request.headers.get('queue');
  return pbx.queues.list.filter((q) => !name || q.plan.name === name);
}

function paramsFields(queue: Queue): string {
  const offered = queue.completed + queue.abandoned;
  return (
    line('Queue', queue.plan.name) +
    line('Max', 0) +
    line('Strategy', queue.strategy) +
    line('Calls', queue.entries.length) +
    line('Holdtime', queue.holdtime) +
    line('TalkTime', queue.talktime) +
    line('Completed', queue.completed) +
    line('Abandoned', queue.abandoned) +
    line('ServiceLevel', SERVICE_LEVEL_SECONDS) +
    line('ServicelevelPerf', percent(queue.withinServiceLevel, queue.completed)) +
    line('ServicelevelPerf2', percent(queue.withinServiceLevel, offered)) +
    line('Weight', 0)
  );
}

const percent = (part: number, whole: number): string => (whole === 0 ? '0.0' : ((100 * part) / whole).toFixed(1));
