package dev.pawl.notification.callback;

import dev.pawl.service.store.DueDelivery;
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
final class UnderWay {

    static final int MOST = 32;
    static final int MOST_OF_HOST = 4;
    static final int MOST_OF_FAILING_HOST = 2;
    static final int MOST_TO_FAILING_HOSTS = 16;

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
    synchronized int room() {
        return MOST - hosts.size();
    }

    /** The number of deliveries that are under way. */
    synchronized int size() {
        return hosts.size();
    }

    /** The numbers of the deliveries that are under way. */
    synchronized Set<Long> numbers() {
        return new HashSet<>(hosts.keySet());
    }

    /** Hosts to which no further delivery may begin. */
    synchronized Set<String> busy() {
        Set<String> busy = new LinkedHashSet<>();
        counts.keySet().stream().filter(host -> !isFree(host)).forEach(busy::add);
        if (toFailingHosts() >= MOST_TO_FAILING_HOSTS) {
            busy.addAll(failing);
        }
        return busy;
    }

    /** Lets a delivery begin, if there is room for it. */
    synchronized boolean admit(DueDelivery delivery) {
        String host = delivery.host();
        boolean isAdmitted = hosts.size() < MOST
                && !hosts.containsKey(delivery.number())
                && isFree(host)
                && (!failing.contains(host) || toFailingHosts() < MOST_TO_FAILING_HOSTS);
        if (isAdmitted) {
            hosts.put(delivery.number(), host);
            counts.merge(host, 1, Integer::sum);
        }
        return isAdmitted;
    }

    /** Notes what is known of a host from a try. */
    synchronized void learn(String host, boolean answersWell) {
        if (answersWell) {
            failing.remove(host);
        } else {
            failing.add(host);
        }
    }

    /** A delivery is under way no more. */
    synchronized void ended(DueDelivery delivery) {
        if (hosts.remove(delivery.number()) != null) {
            counts.computeIfPresent(delivery.host(), (host, count) -> count > 1 ? count - 1 : null);
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
