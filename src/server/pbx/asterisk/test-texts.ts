import type { LocalText } from '../../../contract/connector-form.ts';

export interface StepText {
  message: LocalText;
  fix?: LocalText;
}

/** What a connection test says at each step. */
export const TEXT = {
  notReached: { message: { en: 'Not reached.', es: 'No se ha llegado a este paso.' } },
  dnsOk: { message: { en: 'The name is known.', es: 'El nombre es conocido.' } },
  dnsUnknown: {
    message: { en: 'The host name is not known.', es: 'El nombre del servidor no existe.' },
    fix: { en: 'Check the spelling, or enter the address itself.', es: 'Compruebe cómo está escrito o introduzca la dirección.' },
  },
  tcpOk: { message: { en: 'The port is open.', es: 'El puerto está abierto.' } },
  tcpClosed: {
    message: { en: 'Nothing answers at this address and port.', es: 'Nada responde en esta dirección y puerto.' },
    fix: {
      en: 'Check host and port. In manager.conf, section [general], set enabled = yes and a bindaddr that can be reached, and let the port through the firewall.',
      es: 'Compruebe el servidor y el puerto. En manager.conf, sección [general], ponga enabled = yes y un bindaddr accesible, y abra el puerto en el cortafuegos.',
    },
  },
  tcpNotAsterisk: {
    message: { en: 'Something else than an Asterisk manager answers.', es: 'Responde algo que no es el manager de Asterisk.' },
    fix: {
      en: 'Check the port: the manager usually has 5038, with TLS 5039. A port with TLS needs the switch above.',
      es: 'Compruebe el puerto: el manager suele usar 5038 y con TLS 5039. Un puerto con TLS necesita la opción de arriba.',
    },
  },
  tlsOff: { message: { en: 'Not encrypted, as chosen.', es: 'Sin cifrar, según lo elegido.' } },
  tlsOk: { message: { en: 'Encrypted, certificate accepted.', es: 'Cifrado, certificado aceptado.' } },
  tlsFailed: {
    message: {
      en: 'No TLS connection: the certificate is not accepted or the port does not speak TLS.',
      es: 'No hay conexión TLS: el certificado no se acepta o el puerto no usa TLS.',
    },
    fix: {
      en: 'Set tlsenable = yes, tlscertfile and tlsprivatekey in manager.conf and use the TLS port. For a certificate of your own enter its authority or its fingerprint.',
      es: 'Ponga tlsenable = yes, tlscertfile y tlsprivatekey en manager.conf y use el puerto TLS. Para un certificado propio introduzca su autoridad o su huella.',
    },
  },
  loginOk: { message: { en: 'Logged in.', es: 'Sesión iniciada.' } },
  loginRefused: {
    message: {
      en: 'Asterisk refuses the login. It does not say whether the user, the secret or the address is wrong.',
      es: 'Asterisk rechaza el inicio de sesión. No indica si el error está en el usuario, la contraseña o la dirección.',
    },
    fix: {
      en: 'Compare with manager.conf, put in your secret, and run "manager reload".',
      es: 'Compare con manager.conf, escriba su contraseña y ejecute "manager reload".',
    },
  },
  loginInUse: {
    message: {
      en: 'This manager user is logged in already and may be only once.',
      es: 'Este usuario del manager ya tiene una sesión y solo puede tener una.',
    },
    fix: {
      en: 'Give Ringside a user of its own, or set allowmultiplelogin = yes in manager.conf.',
      es: 'Dé a Ringside un usuario propio o ponga allowmultiplelogin = yes en manager.conf.',
    },
  },
  loginBroken: {
    message: { en: 'The connection ended during the login.', es: 'La conexión terminó durante el inicio de sesión.' },
    fix: {
      en: 'Try again. If Asterisk is starting or has too many open logins (authlimit), wait a minute.',
      es: 'Inténtelo de nuevo. Si Asterisk está arrancando o tiene demasiados accesos abiertos (authlimit), espere un minuto.',
    },
  },
  rightsFull: { message: { en: 'All rights that Ringside can use.', es: 'Todos los permisos que Ringside puede usar.' } },
  rightsLeast: {
    message: {
      en: 'Enough for calls and agents. Phones without a hint, caller id names, account codes and tenant ids are not seen.',
      es: 'Suficiente para llamadas y agentes. No se ven los teléfonos sin hint, los nombres de llamada, los accountcode ni los tenantid.',
    },
    fix: {
      en: 'If you need them, set write = reporting,system for this user.',
      es: 'Si los necesita, ponga write = reporting,system para este usuario.',
    },
  },
  rightsNoQueues: {
    message: { en: 'This Asterisk does not answer for queues.', es: 'Este Asterisk no informa sobre colas.' },
    fix: { en: 'Load app_queue if queues are used.', es: 'Cargue app_queue si se usan colas.' },
  },
  rightsMissing: {
    message: { en: 'The login may not list calls and devices.', es: 'El usuario no puede listar llamadas ni dispositivos.' },
    fix: {
      en: 'Give it write = reporting (it only lists, it changes nothing) and read = call,agent,cdr, then run "manager reload".',
      es: 'Asígnele write = reporting (solo lista, no cambia nada) y read = call,agent,cdr, y ejecute "manager reload".',
    },
  },
  eventsOn: {
    message: {
      en: 'Asterisk sends events. Which ones is decided by the line read = of the user; the first call shows it.',
      es: 'Asterisk envía eventos. La línea read = del usuario decide cuáles; se verá con la primera llamada.',
    },
  },
  eventsOff: {
    message: { en: 'Asterisk sends no events to this login.', es: 'Asterisk no envía eventos a este usuario.' },
    fix: { en: 'Set read = call,agent,cdr for this user.', es: 'Ponga read = call,agent,cdr para este usuario.' },
  },
  eventsUnanswered: {
    message: { en: 'Asterisk does not confirm that it sends events.', es: 'Asterisk no confirma que envía eventos.' },
    fix: {
      en: 'Usually harmless: brokeneventsaction = yes in manager.conf hides the answer. Remove it to be sure.',
      es: 'Normalmente inofensivo: brokeneventsaction = yes en manager.conf oculta la respuesta. Quítelo para estar seguro.',
    },
  },
  clockOk: { message: { en: 'The clocks agree.', es: 'Los relojes coinciden.' } },
  clockUnknown: { message: { en: 'The PBX does not tell its time.', es: 'La centralita no indica su hora.' } },
  clockSkewed: (skewMs: number): StepText => ({
    message: {
      en: `The clock of the PBX is ${Math.abs(Math.round(skewMs / 1000))} s ${skewMs > 0 ? 'ahead' : 'behind'}. Ringside corrects for it.`,
      es: `El reloj de la centralita va ${Math.abs(Math.round(skewMs / 1000))} s ${skewMs > 0 ? 'adelantado' : 'atrasado'}. Ringside lo corrige.`,
    },
    fix: {
      en: 'Let the PBX take its time from the network (chrony or ntpd).',
      es: 'Haga que la centralita tome la hora de la red (chrony o ntpd).',
    },
  }),
  lineLost: {
    message: { en: 'The connection ended during the test.', es: 'La conexión terminó durante la prueba.' },
    fix: { en: 'Try again.', es: 'Inténtelo de nuevo.' },
  },
};
