import { Anchor, Text, Title } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { instant } from '../../ui/format.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { useLanguage } from '../../ui/language.ts';
import { linksIn } from './links.ts';
import type { Mail } from './MailsPage.tsx';
import classes from './MailsPage.module.css';

/** One mail: to whom, its links to click or copy, and what it looks like. */
export function MailView({ mail }: { mail: Mail }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const links = linksIn(mail.text);
  return (
    <article className={classes.mail} aria-label={mail.subject}>
      <div className={classes.head}>
        <Title order={2}>{mail.subject}</Title>
        <Text c="dimmed">
          <Trans>To {mail.to}</Trans> · {instant(Date.parse(mail.createdAt), language)}
        </Text>
        {links.length > 0 && (
          <ul className={classes.links}>
            {links.map((link) => (
              <li key={link}>
                <Anchor href={link} title={link}>
                  {link}
                </Anchor>
                <CopyButton value={link} />
              </li>
            ))}
          </ul>
        )}
      </div>
      {/* No script, no form, no access to the portal's own pages; its links open in a new tab. */}
      <iframe
        className={classes.frame}
        title={t`The mail as it looks`}
        sandbox="allow-popups allow-popups-to-escape-sandbox"
        srcDoc={inNewTab(mail.html)}
      />
    </article>
  );
}

function inNewTab(html: string): string {
  const base = '<base target="_blank">';
  return /<head[^>]*>/i.test(html) ? html.replace(/<head[^>]*>/i, (head) => head + base) : base + html;
}
