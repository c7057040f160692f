package dev.pawl.scheduler.child;

import dev.pawl.api.module.ModuleData;
import dev.pawl.scheduler.schema.ModuleMapper;
import dev.pawl.service.data.JsonLimits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The documents of the module, kept by the server at the other end. */
final class ChildData implements ModuleData {

    private final ChildChannel channel;
    private final ModuleMapper mapper;

    ChildData(ChildChannel channel, ModuleMapper mapper) {
        this.channel = channel;
        this.mapper = mapper;
    }

    @Override
    @SuppressWarnings("unchecked") // an object as it was read has texts for names
    public Optional<Map<String, Object>> get(String name) {
        return Optional.ofNullable((Map<String, Object>) ask("get", name, null));
    }

    @Override
    public void put(String name, Map<String, ?> document) {
        ask("put", name, mapper.copy("The document " + name, document, JsonLimits.MOST_BYTES));
    }

    @Override
    public boolean delete(String name) {
        return Boolean.TRUE.equals(ask("delete", name, null));
    }

    @Override
    public List<String> names() {
        return ask("list", "", null) instanceof List<?> names
                ? names.stream().map(String::valueOf).toList()
                : List.of();
    }

    private @Nullable Object ask(String operation, String name, @Nullable Object value) {
        Map<String, Object> question = new LinkedHashMap<>();
        question.put("type", "data");
        question.put("op", operation);
        question.put("name", name);
        if (value != null) {
            question.put("value", value);
        }
        Map<String, Object> answer = channel.ask(question);
        if (answer.get("error") instanceof String error) {
            throw new IllegalArgumentException(error);
        }
        return answer.get("value");
    }
}
