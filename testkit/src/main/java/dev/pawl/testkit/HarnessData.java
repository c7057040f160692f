package dev.pawl.testkit;

import dev.pawl.api.module.ModuleData;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** A module's documents in memory. */
public final class HarnessData implements ModuleData {

    private final ConcurrentSkipListMap<String, Map<String, Object>> documents = new ConcurrentSkipListMap<>();

    HarnessData() {}

    @Override
    public Optional<Map<String, Object>> get(String name) {
        return Optional.ofNullable(documents.get(name));
    }

    @Override
    public void put(String name, Map<String, ?> document) {
        documents.put(name, HarnessValues.object("The document " + name, document));
    }

    @Override
    public boolean delete(String name) {
        return documents.remove(name) != null;
    }

    @Override
    public List<String> names() {
        return List.copyOf(documents.keySet());
    }
}
