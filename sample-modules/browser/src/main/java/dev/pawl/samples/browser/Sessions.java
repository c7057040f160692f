package dev.pawl.samples.browser;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The cookies of named sessions, in memory; those unused for longest are forgotten first. Safe for many threads. */
final class Sessions {

    private static final int MOST = 200;

    private final Map<String, List<Map<String, Object>>> cookies = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Map<String, Object>>> eldest) {
            return size() > MOST;
        }
    };

    synchronized List<Map<String, Object>> cookies(String session) {
        return cookies.getOrDefault(session, List.of());
    }

    synchronized void keep(String session, List<Map<String, Object>> all) {
        cookies.put(session, List.copyOf(all));
    }
}
