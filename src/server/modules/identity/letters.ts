import type { Language } from '../../../contract/common.ts';
import type { Letter } from '../../platform/mail/index.ts';

export interface InvitationWords {
  language: Language;
  displayName: string;
  tenantName: string;
  url: string;
  /** Day the link ends, in words of the language. */
  until: string;
}

export function invitationLetter({ language, displayName, tenantName, url, until }: InvitationWords): Letter {
  switch (language) {
    case 'en':
      return {
        language,
        subject: `Your access to ${tenantName}`,
        heading: `Hello ${displayName}`,
        paragraphs: [`You have been given access to the call analytics of ${tenantName}.`],
        action: { label: 'Accept the invitation', url },
        footnotes: [`The link works once, until ${until}.`, 'If you did not expect this mail, you need not do anything.'],
      };
    case 'es':
      return {
        language,
        subject: `Su acceso a ${tenantName}`,
        heading: `Hola, ${displayName}:`,
        paragraphs: [`Tiene acceso a la analítica de llamadas de ${tenantName}.`],
        action: { label: 'Aceptar la invitación', url },
        footnotes: [`El enlace funciona una sola vez, hasta el ${until}.`, 'Si no esperaba este correo, no tiene que hacer nada.'],
      };
  }
}

export function resetLetter({ language, displayName, url }: { language: Language; displayName: string; url: string }): Letter {
  switch (language) {
    case 'en':
      return {
        language,
        subject: 'Choose a new password',
        heading: `Hello ${displayName}`,
        paragraphs: ['Somebody, hopefully you, asked for a new password.'],
        action: { label: 'Choose a new password', url },
        footnotes: [
          'The link works once, within the next hour.',
          'If it was not you, your password stays as it is: you need not do anything.',
        ],
      };
    case 'es':
      return {
        language,
        subject: 'Elija una contraseña nueva',
        heading: `Hola, ${displayName}:`,
        paragraphs: ['Alguien, esperamos que usted, ha pedido una contraseña nueva.'],
        action: { label: 'Elegir contraseña', url },
        footnotes: [
          'El enlace funciona una sola vez, durante la próxima hora.',
          'Si no ha sido usted, su contraseña no cambia: no tiene que hacer nada.',
        ],
      };
  }
}

/** `29 November 2026`, `29 de noviembre de 2026`; UTC. */
export function dayInWords(at: Date, language: Language): string {
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'es-ES', { dateStyle: 'long', timeZone: 'UTC' }).format(at);
}
