import { line } from '../core/event.ts';
import type { Switch } from '../core/switch.ts';
import type { AmiRequest } from './request.ts';

/** Answers one action: the whole text, ended by its blank line. */
export type ActionHandler = (pbx: Switch, request: AmiRequest) => string;

export const idLine = (actionId: string | null): string => (actionId === null ? '' : line('ActionID', actionId));

export const successText = (actionId: string | null, message: string): string =>
  `${line('Response', 'Success')}${idLine(actionId)}${line('Message', message)}\r\n`;

export const errorText = (actionId: string | null, message: string): string =>
  `${line('Response', 'Error')}${idLine(actionId)}${line('Message', message)}\r\n`;

/** One block of a list; Asterisk puts the ActionID first in most of them and last in queue lists and Status. */
export interface ListItem {
  event: string;
  fields: string;
  idLast?: boolean;
}

/** A list answer: announcement, items, end. @param more headers after ListItems */
export function listText(actionId: string | null, message: string, items: readonly ListItem[], complete: string, more = ''): string {
  const id = idLine(actionId);
  let text = `${line('Response', 'Success')}${id}${line('EventList', 'start')}${line('Message', message)}\r\n`;
  for (const item of items) text += `${line('Event', item.event)}${item.idLast ? item.fields + id : id + item.fields}\r\n`;
  return `${text}${line('Event', complete)}${id}${line('EventList', 'Complete')}${line('ListItems', items.length)}${more}\r\n`;
}
