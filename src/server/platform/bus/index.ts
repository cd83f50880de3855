/** Live frames between the parts of one process. With several nodes the same port is carried by NATS. */
export type Listener = (message: unknown) => void;

export interface Bus {
  publish(topic: string, message: unknown): void;
  /** @returns takes the subscription back */
  subscribe(topic: string, listener: Listener): () => void;
}

export function createLocalBus(): Bus {
  const topics = new Map<string, Set<Listener>>();
  return {
    publish(topic, message) {
      for (const listener of topics.get(topic) ?? []) listener(message);
    },
    subscribe(topic, listener) {
      const listeners = topics.get(topic) ?? new Set();
      topics.set(topic, listeners.add(listener));
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) topics.delete(topic);
      };
    },
  };
}
