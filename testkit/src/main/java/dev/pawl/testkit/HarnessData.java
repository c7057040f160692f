package dev.pawl.testkit;

import dev.pawl.api.module.ModuleData;
import dev.pawl.base.json.value.Json;
import dev.pawl.scheduler.schema.ModuleMapper;
import dev.pawl.service.data.JsonLimits;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A module's documents in memory, as a test sees them. */
public final class HarnessData implements ModuleData {

    private final HarnessDocuments documents;
    private final ModuleMapper mapper;

    HarnessData(HarnessDocuments documents, ModuleMapper mapper) {
        this.documents = documents;
        this.mapper = mapper;
    }

    @Override
    public Optional<Map<String, Object>> get(String name) {
        return documents.get(HarnessDocuments.OF_MODULE, name).map(Json::object);
    }

    @Override
    public void put(String name, Map<String, ?> document) {
        documents
                .put(
                        HarnessDocuments.OF_MODULE,
                        name,
                        mapper.object("The document " + name, document, JsonLimits.MOST_BYTES))
                .toCompletableFuture()
                .join();
    }

    @Override
    public boolean delete(String name) {
        return documents
                .delete(HarnessDocuments.OF_MODULE, name)
                .toCompletableFuture()
                .join();
    }

    @Override
    public List<String> names() {
        return documents.names(HarnessDocuments.OF_MODULE);
    }
}
