import * as z from 'zod';
import type { LocalText } from './connector-form.ts';

interface Failure {
  status: number;
  title: LocalText;
}

/** The closed list of errors: code, HTTP status, public text. */
export const ERRORS = {
  invalid: { status: 400, title: { en: 'Some fields need your attention.', es: 'Revise los campos indicados.' } },
  malformed: { status: 400, title: { en: 'The request could not be read.', es: 'No se pudo leer la solicitud.' } },
  unauthenticated: { status: 401, title: { en: 'Please log in.', es: 'Inicie sesión.' } },
  badCredentials: { status: 401, title: { en: 'E-mail or password is not right.', es: 'El correo o la contraseña no son correctos.' } },
  forbidden: { status: 403, title: { en: 'Your role does not allow this.', es: 'Su rol no permite esta acción.' } },
  tenantDisabled: {
    status: 403,
    title: { en: 'This account is disabled. Contact your provider.', es: 'Esta cuenta está desactivada. Contacte con su proveedor.' },
  },
  notFound: { status: 404, title: { en: 'There is nothing here.', es: 'Aquí no hay nada.' } },
  conflict: { status: 409, title: { en: 'This does not fit the present state.', es: 'Esto no encaja con el estado actual.' } },
  linkGone: { status: 410, title: { en: 'This link is no longer valid.', es: 'Este enlace ya no es válido.' } },
  tooLarge: { status: 413, title: { en: 'The request is too large.', es: 'La solicitud es demasiado grande.' } },
  unsupportedMedia: { status: 415, title: { en: 'Send JSON (application/json).', es: 'Envíe JSON (application/json).' } },
  keyReused: {
    status: 422,
    title: { en: 'This idempotency key was used for another request.', es: 'Esta clave de idempotencia ya se usó para otra solicitud.' },
  },
  tooMany: { status: 429, title: { en: 'Too many tries. Wait a moment.', es: 'Demasiados intentos. Espere un momento.' } },
  internal: { status: 500, title: { en: 'Something went wrong on our side.', es: 'Algo ha fallado por nuestra parte.' } },
  unavailable: {
    status: 503,
    title: { en: 'Ringside is starting or cannot reach its database.', es: 'Ringside está arrancando o no alcanza su base de datos.' },
  },
} as const satisfies Record<string, Failure>;

export type ErrorCode = keyof typeof ERRORS;

/** Every route can answer these. */
export const ALWAYS: readonly ErrorCode[] = ['internal', 'unavailable', 'tooMany'];

/** What can be wrong with one field. `{x}` is filled from the error's `values`. */
export const FIELD_ERRORS = {
  required: { en: 'Please fill this in.', es: 'Rellene este campo.' },
  wrongType: { en: 'This must be {expected}.', es: 'Debe ser de tipo {expected}.' },
  tooShort: { en: 'At least {minimum} characters.', es: 'Al menos {minimum} caracteres.' },
  tooLong: { en: 'At most {maximum} characters.', es: 'Como máximo {maximum} caracteres.' },
  tooSmall: { en: 'At least {minimum}.', es: 'Como mínimo {minimum}.' },
  tooLarge: { en: 'At most {maximum}.', es: 'Como máximo {maximum}.' },
  notAnEmail: { en: 'This is not an e-mail address.', es: 'No es una dirección de correo.' },
  notAnOption: { en: 'Choose one of: {options}.', es: 'Elija entre: {options}.' },
  wrongFormat: { en: 'This does not have the right form.', es: 'El formato no es correcto.' },
  unknownField: { en: 'There is no such field: {keys}.', es: 'No existe este campo: {keys}.' },
  taken: { en: 'This is already taken.', es: 'Ya está en uso.' },
  locked: { en: 'This product type cannot be changed once assigned.', es: 'Este tipo de producto no se puede cambiar una vez asignado.' },
  notAllowed: { en: 'Your provider does not allow this.', es: 'Su proveedor no lo permite.' },
  trialTooLong: { en: 'A trial may last {days} days at most.', es: 'La prueba puede durar {days} días como máximo.' },
  notForCountry: { en: 'Not sold in this country.', es: 'No se vende en este país.' },
  notForPbx: { en: 'This product does not support this phone system.', es: 'Este producto no admite esta centralita.' },
  beforeStart: { en: 'This must be after the start.', es: 'Debe ser posterior al inicio.' },
  inPast: { en: 'This must be in the future.', es: 'Debe ser una fecha futura.' },
  unknown: { en: 'There is no such entry.', es: 'No existe.' },
  emailNeeded: { en: 'An e-mail address is needed for website access.', es: 'Hace falta un correo para dar acceso web.' },
  lastAdmin: { en: 'One administrator must remain.', es: 'Debe quedar al menos un administrador.' },
  wrongPassword: { en: 'This is not your present password.', es: 'No es su contraseña actual.' },
  commonPassword: { en: 'This password is too easy to guess.', es: 'Esta contraseña es demasiado fácil de adivinar.' },
  fixed: { en: 'This cannot be changed after creation.', es: 'No se puede cambiar tras la creación.' },
  needsLicence: { en: 'This needs the Essential role.', es: 'Requiere el rol Essential.' },
} as const satisfies Record<string, LocalText>;

export type FieldErrorCode = keyof typeof FIELD_ERRORS;

export const FieldError = z
  .strictObject({
    /** Where: `body.trial.endDate`, `query.sort`. */
    path: z.string(),
    code: z.string(),
    message: z.string(),
  })
  .meta({ id: 'FieldError' });
export type FieldError = z.infer<typeof FieldError>;

/** RFC 9457 problem document. */
export const Problem = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    detail: z.string().nullable(),
    requestId: z.string(),
    errors: z.array(FieldError),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;
