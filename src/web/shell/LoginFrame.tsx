import { Paper, Stack, Text, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { Brand } from './Brand.tsx';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import classes from './LoginFrame.module.css';

interface Props {
  title: string;
  text?: ReactNode;
  children: ReactNode;
}

/** Around the pages before the login: log in, set up, invitation, forgotten password. */
export function LoginFrame({ title, text, children }: Props) {
  useEffect(() => {
    document.title = `${title} · Ringside`;
  }, [title]);
  return (
    <div className={classes.page}>
      <main className={classes.box}>
        <Brand />
        <Paper p="xl" mt="lg">
          <Stack gap="md">
            <div>
              <Title order={1}>{title}</Title>
              {text !== undefined && (
                <Text c="dimmed" mt={4}>
                  {text}
                </Text>
              )}
            </div>
            {children}
          </Stack>
        </Paper>
      </main>
      <footer className={classes.foot}>
        <LanguageSwitch />
      </footer>
    </div>
  );
}
