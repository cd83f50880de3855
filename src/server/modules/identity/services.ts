import type { SecretBox } from '../../platform/crypto/index.ts';
import { createLimits, type Limits } from './limits.ts';
import { createLinkTokens, type LinkTokens } from './link-tokens.ts';

/** What this module needs of the house. */
export interface IdentityServices {
  secretBox: Pick<SecretBox, 'derive'>;
  /** Without a slash at its end. */
  publicUrl: string;
  /** False: mails stay in the outbox. */
  smtpConfigured: boolean;
}

/** What the routes share. */
export interface Shared {
  links: LinkTokens;
  limits: Limits;
  smtpConfigured: boolean;
}

export function shareOf(services: IdentityServices): Shared {
  return { links: createLinkTokens(services.secretBox), limits: createLimits(), smtpConfigured: services.smtpConfigured };
}

/** Pages of the portal that links lead to. */
export const portalPages = {
  setup: (publicUrl: string, token: string): string => `${publicUrl}/setup/${token}`,
  invitation: (publicUrl: string, token: string): string => `${publicUrl}/invitation/${token}`,
  reset: (publicUrl: string, token: string): string => `${publicUrl}/reset/${token}`,
};
