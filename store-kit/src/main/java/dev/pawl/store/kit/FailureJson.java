package dev.pawl.store.kit;

import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Phase;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A job's failure as JSON. */
public final class FailureJson {

    private FailureJson() {}

    public static @Nullable String write(@Nullable Failure failure) {
        if (failure == null) {
            return null;
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("phase", failure.phase().name());
        body.put("task_index", failure.taskIndex());
        body.put("module", failure.module());
        body.put("message", failure.message());
        String stack = failure.stack();
        if (stack != null) {
            body.put("stack", stack);
        }
        String remedy = failure.remedy();
        if (remedy != null) {
            body.put("remedy", remedy);
        }
        return JsonColumn.write(body);
    }

    public static @Nullable Failure read(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Map<String, Object> body = JsonColumn.map(text);
        return new Failure(
                Phase.valueOf(String.valueOf(body.get("phase"))),
                Integer.parseInt(String.valueOf(body.get("task_index"))),
                String.valueOf(body.get("module")),
                String.valueOf(body.get("message")),
                (String) body.get("stack"),
                (String) body.get("remedy"));
    }
}
