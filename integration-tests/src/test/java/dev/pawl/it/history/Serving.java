package dev.pawl.it.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The versions that servers are to run, and those that they do, at one moment of a history. */
final class Serving {

    private final Map<String, Map<String, Set<String>>> deployed = new HashMap<>(); // by bundle and version: modules
    private final Map<String, String> current = new HashMap<>(); // by bundle: version
    private final Map<String, String> before = new HashMap<>(); // by bundle that is rolled out: version
    private final Set<List<Object>> steps = new HashSet<>();
    private final Map<List<Object>, String> running = new HashMap<>(); // by server and bundle: version

    Serving() {}

    private Serving(Serving other) {
        deployed.putAll(other.deployed);
        current.putAll(other.current);
        before.putAll(other.before);
        steps.addAll(other.steps);
        running.putAll(other.running);
    }

    /** The same moment, to go on from. */
    Serving copy() {
        return new Serving(this);
    }

    void take(Fact fact) {
        List<Object> key = List.of(fact.owner(), fact.bundle());
        switch (fact.table()) {
            case DEPLOYMENTS -> {
                Map<String, Set<String>> versions = new HashMap<>(deployed.getOrDefault(fact.bundle(), Map.of()));
                versions.put(fact.sha256(), fact.modules());
                deployed.put(fact.bundle(), versions);
                if (fact.holds() && !fact.isGone()) {
                    current.put(fact.bundle(), fact.sha256());
                } else {
                    current.remove(fact.bundle(), fact.sha256());
                }
            }
            case SERVER_MODULES -> put(running, key, fact.isGone() || !fact.holds() ? null : fact.sha256());
            case ROLL_OUTS -> put(before, fact.bundle(), fact.isGone() ? null : fact.sha256());
            case ROLL_OUT_STEPS -> {
                if (fact.isGone()) {
                    steps.remove(key);
                } else {
                    steps.add(key);
                }
            }
        }
    }

    private static <K> void put(Map<K, String> map, K key, String value) {
        if (value == null) {
            map.remove(key);
        } else {
            map.put(key, value);
        }
    }

    /** The bundles whose version on a server is another one than it is to have, of those with one of the modules. */
    List<String> notServed(long owner, Set<String> modules) {
        List<String> not = new ArrayList<>();
        current.forEach((bundle, version) -> {
            String wanted = before.containsKey(bundle) && !steps.contains(List.of(owner, bundle))
                    ? before.get(bundle)
                    : version;
            String runs = running.get(List.of(owner, bundle));
            boolean concerns = concerns(bundle, version, modules) || concerns(bundle, runs, modules);
            if (concerns && !Objects.equals(wanted, runs)) {
                not.add(bundle);
            }
        });
        return not;
    }

    private boolean concerns(String bundle, String version, Set<String> modules) {
        Set<String> its = version == null ? Set.of() : deployed.get(bundle).getOrDefault(version, Set.of());
        return its.stream().anyMatch(modules::contains);
    }
}
