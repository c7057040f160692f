package dev.pawl.notification.delivery;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The deliveries that are under way: {@value #MOST} in sum, {@value #MOST_OF_HOST} to a host. Hosts whose last delivery failed have less, each and
 * together, so that however many of them hang, the others are told. Safe for many threads.
 */
public final class UnderWay {

    public static final int MOST = 32;
    public static final int MOST_OF_HOST = 4;
    public static final int MOST_OF_FAILING_HOST = 2;
    public static final int MOST_TO_FAILING_HOSTS = 16;

    /** The failing hosts that are remembered; one beyond them is taken for a good one again. */
    private static final int REMEMBERED = 1_000;

    // guarded by this
    private final Map<Long, String> hosts = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Set<String> failing = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    });

    /** The number of further deliveries that may begin. */
    public synchronized int room() {
        return MOST - hosts.size();
    }

    /** The number of deliveries that are under way. */
    public synchronized int size() {
        return hosts.size();
    }

    /** The numbers of the deliveries that are under way. */
    public synchronized Set<Long> numbers() {
        return new HashSet<>(hosts.keySet());
    }

    /** Hosts to which no further delivery may begin. */
    public synchronized Set<String> busy() {
        Set<String> busy = new LinkedHashSet<>();
        counts.keySet().stream().filter(host -> !isFree(host)).forEach(busy::add);
        if (toFailingHosts() >= MOST_TO_FAILING_HOSTS) {
            busy.addAll(failing);
        }
        return busy;
    }

    /** Lets the delivery with a number begin, if there is room for it at its host. */
    public synchronized boolean admit(long number, String host) {
        boolean isAdmitted = hosts.size() < MOST
                && !hosts.containsKey(number)
                && isFree(host)
                && (!failing.contains(host) || toFailingHosts() < MOST_TO_FAILING_HOSTS);
        if (isAdmitted) {
            hosts.put(number, host);
            counts.merge(host, 1, Integer::sum);
        }
        return isAdmitted;
    }

    /** Notes what is known of a host from a try. */
    public synchronized void learn(String host, boolean answersWell) {
        if (answersWell) {
            failing.remove(host);
        } else {
            failing.add(host);
        }
    }

    /** A delivery is under way no more. */
    public synchronized void ended(long number) {
        String host = hosts.remove(number);
        if (host != null) {
            counts.computeIfPresent(host, (name, count) -> count > 1 ? count - 1 : null);
        }
    }

    private boolean isFree(String host) {
        return counts.getOrDefault(host, 0) < (failing.contains(host) ? MOST_OF_FAILING_HOST : MOST_OF_HOST);
    }

    private int toFailingHosts() {
        return counts.entrySet().stream()
                .filter(entry -> failing.contains(entry.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }
}
