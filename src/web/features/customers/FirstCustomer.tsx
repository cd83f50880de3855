import { Button, Group, Paper, SimpleGrid, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { IconBuildings, IconPlugConnected, IconPlus, IconUsers } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { PageHeader } from '../../ui/PageHeader.tsx';

/** What a reseller sees before the first customer: what will happen, and the one button that begins it. */
export function FirstCustomer() {
  const { t } = useLingui();
  return (
    <>
      <PageHeader title={t`Customers`} />
      <Paper p="xl">
        <Stack gap="lg" maw={900}>
          <div>
            <Title order={2} fz="1.25rem">
              <Trans>Put your first customer on call analytics</Trans>
            </Title>
            <Text c="dimmed" mt={4}>
              <Trans>
                It takes about three minutes. You need the address and login of the customer’s phone system; you can also add it later.
              </Trans>
            </Text>
          </div>
          <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="lg" component="ol" p={0} m={0} style={{ listStyle: 'none' }}>
            <Part Icon={IconBuildings} title={<Trans>1. Say who it is</Trans>}>
              <Trans>Name, product and the person who looks after it at the customer.</Trans>
            </Part>
            <Part Icon={IconPlugConnected} title={<Trans>2. Connect the phone system</Trans>}>
              <Trans>A test tells what to mend on the PBX, with the lines to paste.</Trans>
            </Part>
            <Part Icon={IconUsers} title={<Trans>3. Give roles</Trans>}>
              <Trans>Its users are found by themselves; you decide who gets what.</Trans>
            </Part>
          </SimpleGrid>
          <Group gap="sm">
            <Button component={Link} to="/customers/new" leftSection={<IconPlus size={16} aria-hidden="true" />}>
              <Trans>Create your first customer</Trans>
            </Button>
            <Button component={Link} to="/pbx-templates" variant="default">
              <Trans>Set up a PBX template first</Trans>
            </Button>
          </Group>
        </Stack>
      </Paper>
    </>
  );
}

function Part({ Icon, title, children }: { Icon: typeof IconUsers; title: ReactNode; children: ReactNode }) {
  return (
    <li>
      <ThemeIcon variant="light" size={36} radius="md" mb={8}>
        <Icon size={20} stroke={1.7} aria-hidden="true" />
      </ThemeIcon>
      <Text fw={600}>{title}</Text>
      <Text c="dimmed" fz="sm">
        {children}
      </Text>
    </li>
  );
}
