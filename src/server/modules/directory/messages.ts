import type { LocalText } from '../../../contract/connector-form.ts';
import type { LinkFailure } from '../../pbx/connector.ts';

/** What a failure of the link means for whoever set the connection up. */
export const FAILURE_TEXTS: Record<LinkFailure, LocalText> = {
  // A refused address and a closed port read the same: Ringside is no port scanner.
  refusedAddress: {
    en: 'The phone system cannot be reached at this address.',
    es: 'No se puede llegar a la centralita en esta dirección.',
  },
  tcp: { en: 'The phone system cannot be reached at this address.', es: 'No se puede llegar a la centralita en esta dirección.' },
  dns: { en: 'The host name of the phone system is not known.', es: 'No se conoce el nombre de host de la centralita.' },
  tls: { en: 'The encrypted connection could not be made.', es: 'No se pudo establecer la conexión cifrada.' },
  timeout: { en: 'The phone system did not answer in time.', es: 'La centralita no respondió a tiempo.' },
  protocol: { en: 'The phone system answered in a way that was not understood.', es: 'La respuesta de la centralita no se entendió.' },
  badCredentials: { en: 'The phone system refused user name or password.', es: 'La centralita rechazó el usuario o la contraseña.' },
  missingRights: { en: 'The login lacks rights on the phone system.', es: 'Al usuario le faltan permisos en la centralita.' },
  notReady: { en: 'The phone system has not finished starting.', es: 'La centralita no ha terminado de arrancar.' },
  pbxStopped: { en: 'The phone system was shut down.', es: 'La centralita se apagó.' },
  closed: { en: 'The phone system closed the connection.', es: 'La centralita cerró la conexión.' },
  silent: { en: 'The phone system fell silent.', es: 'La centralita dejó de responder.' },
  stopped: { en: 'The connection was ended.', es: 'La conexión se terminó.' },
};

export const INTERNAL: LocalText = {
  en: 'The sync failed on our side. It is tried again on its own.',
  es: 'La sincronización falló por nuestra parte. Se reintentará automáticamente.',
};

export function vanishQuestion(gone: number, present: number): LocalText {
  return {
    en: `${gone} of ${present} users are no longer on the phone system. Continue marks them as gone; stop changes nothing.`,
    es: `${gone} de ${present} usuarios ya no están en la centralita. Continuar los marca como ausentes; detener no cambia nada.`,
  };
}
