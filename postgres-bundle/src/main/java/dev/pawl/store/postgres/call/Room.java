package dev.pawl.store.postgres.call;

import dev.pawl.store.kit.HookCalls;
import java.util.HashMap;
import java.util.Map;

/**
 * The number of calls of each hook that this process may still record before old ones are removed. It is in no row, since servers would wait for
 * each other to count in it: a history may be longer by so many calls for each server, and by what the others are just writing. Used by the writer's thread alone.
 */
public final class Room {

    private static final int MOST_HOOKS = 10_000;

    private final Map<Long, Integer> left = new HashMap<>();

    /** Takes room for a call; whether old ones are to be removed, as they are with the first call of a process. */
    boolean take(long hook) {
        if (left.size() > MOST_HOOKS) {
            left.clear(); // of hooks that are long gone, most of them
        }
        int before = left.getOrDefault(hook, 1);
        left.put(hook, before > 1 ? before - 1 : HookCalls.ROOM);
        return before <= 1;
    }
}
