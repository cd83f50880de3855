import { Anchor, type AnchorProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, Ref } from 'react';

type Props = AnchorProps & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof AnchorProps> & { ref?: Ref<HTMLAnchorElement> };

/** A link to another page of the portal; what it leads to is loaded when the pointer comes near. */
export const TextLink = createLink((props: Props) => <Anchor inherit fw={500} {...props} />);
