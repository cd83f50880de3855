/** Short messages at the page's edge: what was done, what could not be. */
import { i18n } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { notifications } from '@mantine/notifications';

export function notify(message: string): void {
  notifications.show({ message, closeButtonProps: { 'aria-label': i18n._(msg`Close`) } });
}

/** @param reason in the reader's language, as the API told it */
export function notifyFailure(reason: unknown, title: string = i18n._(msg`This could not be done`)): void {
  const message = reason instanceof Error ? reason.message : String(reason);
  notifications.show({ color: 'red', title, message, autoClose: 10_000, closeButtonProps: { 'aria-label': i18n._(msg`Close`) } });
}
