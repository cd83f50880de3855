import { useEffect, useState } from 'react';

/** Whether a list must keep still: the pointer or the focus is on it, or one has scrolled down in it. */
export function useHeldList() {
  const [pointed, setPointed] = useState(false);
  const [scrolled, setScrolled] = useState(false);
  useEffect(() => {
    const onScroll = (): void => setScrolled(window.scrollY > 120);
    window.addEventListener('scroll', onScroll, { passive: true });
    return () => window.removeEventListener('scroll', onScroll);
  }, []);
  const hold = {
    onPointerEnter: () => setPointed(true),
    onPointerLeave: () => setPointed(false),
    onFocus: () => setPointed(true),
    onBlur: () => setPointed(false),
  };
  return { held: pointed || scrolled, hold };
}
