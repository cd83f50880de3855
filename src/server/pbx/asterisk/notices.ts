import type { Directory } from '../connector.ts';
import type { DirectorySources } from './directory.ts';

/** What the owner of the link should know about what was not to be seen. */
export function directoryNotices(sources: DirectorySources): Directory['notices'] {
  const notices: Directory['notices'][number][] = [];
  if (sources.endpoints === null) notices.push(ENDPOINTS_HIDDEN);
  if (sources.mailboxes === null) notices.push(VOICEMAIL_HIDDEN);
  if (sources.hints === null || (sources.hints.length === 0 && sources.endpoints === null)) notices.push(NO_HINTS);
  if (sources.queueStatus === null) notices.push(NO_QUEUES);
  return notices;
}

const ENDPOINTS_HIDDEN = {
  code: 'endpointsHidden',
  message: {
    en: 'This login may not list PJSIP endpoints. Users are read from extension hints and voicemail; with write = reporting,system also phones without a hint, caller id names, account codes and tenant ids are seen.',
    es: 'Este usuario no puede listar los endpoints PJSIP. Los usuarios se leen de los hints y del buzón de voz; con write = reporting,system también se ven los teléfonos sin hint, los nombres de llamada, los accountcode y los tenantid.',
  },
};

const VOICEMAIL_HIDDEN = {
  code: 'voicemailHidden',
  message: {
    en: 'Voicemail users cannot be listed on this Asterisk, so e-mail addresses are not known. Load app_voicemail and give the login write = reporting.',
    es: 'En este Asterisk no se pueden listar los buzones de voz, por lo que no se conocen los correos electrónicos. Cargue app_voicemail y dé al usuario write = reporting.',
  },
};

const NO_HINTS = {
  code: 'noHints',
  message: {
    en: 'No extension hints are visible. Add hints to the dialplan (exten => 101,hint,PJSIP/101) or give the login write = reporting,system.',
    es: 'No se ve ningún hint de extensión. Añada hints al dialplan (exten => 101,hint,PJSIP/101) o dé al usuario write = reporting,system.',
  },
};

const NO_QUEUES = {
  code: 'noQueues',
  message: {
    en: 'This Asterisk does not answer for queues (app_queue is not loaded): agents and waiting calls cannot be shown.',
    es: 'Este Asterisk no informa sobre colas (app_queue no está cargado): no se pueden mostrar agentes ni llamadas en espera.',
  },
};
