package dev.pawl.processes.run;

import dev.pawl.api.module.ModuleData;
import dev.pawl.processes.protocol.Message;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers requests for documents of the module. */
final class Documents {

    private Documents() {}

    /** The answer, with a value or an error; what ends the task is thrown. */
    static Map<String, @Nullable Object> answer(ModuleData documents, Message.Data request) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("type", "data");
        answer.put("id", request.id());
        try {
            answer.put("value", value(documents, request));
        } catch (IllegalArgumentException e) {
            answer.put("error", e.getMessage());
        }
        return answer;
    }

    private static @Nullable Object value(ModuleData documents, Message.Data request) {
        return switch (request.operation()) {
            case GET -> documents.get(request.name()).orElse(null);
            case PUT -> {
                documents.put(request.name(), request.value());
                yield null;
            }
            case DELETE -> documents.delete(request.name());
            case LIST -> documents.names();
        };
    }
}
