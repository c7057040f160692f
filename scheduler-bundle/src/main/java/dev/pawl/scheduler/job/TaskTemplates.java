package dev.pawl.scheduler.job;

import dev.pawl.scheduler.schema.ValueSchema;
import dev.pawl.service.data.JsonLimits;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Task;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Templates in the inputs of a request's tasks: <code>{{ tasks[0].output_file }}</code> stands for an input of an earlier task, tasks
 * counted from 0. They are resolved once, before the request is validated, so that a job has plain values wherever it runs. A text that is
 * one template becomes the value itself; inside a longer text it becomes text. A backslash before it makes it plain text.
 */
final class TaskTemplates {

    private static final Pattern TEMPLATE = Pattern.compile("(\\\\?)\\{\\{\\s*(tasks\\b[^{}]*?)\\s*}}");
    private static final Pattern REFERENCE = Pattern.compile("tasks\\[(\\d{1,4})]((?:\\.[\\w-]+|\\[\\d{1,6}])+)");
    private static final Pattern STEP = Pattern.compile("\\.([\\w-]+)|\\[(\\d+)]");

    private final Function<String, Optional<ValueSchema>> schemas;
    private final List<Task> resolved = new ArrayList<>();
    private long added;

    private TaskTemplates(Function<String, Optional<ValueSchema>> schemas) {
        this.schemas = schemas;
    }

    /**
     * The request with plain values in the place of its templates.
     *
     * @param schemas the inputs of a module that is known here
     * @throws ProblemException when a template names something that is not there, or no earlier task
     */
    static JobRequest resolved(JobRequest request, Function<String, Optional<ValueSchema>> schemas) {
        return resolved(request, List.of(), schemas);
    }

    /**
     * The same with more inputs.
     *
     * @param plain for each task inputs that take the place of its own, and are no templates; empty when there are none
     */
    static JobRequest resolved(
            JobRequest request, List<Map<String, Object>> plain, Function<String, Optional<ValueSchema>> schemas) {
        TaskTemplates templates = new TaskTemplates(schemas);
        for (int i = 0; i < request.tasks().size(); i++) {
            Task task = request.tasks().get(i);
            Map<String, Object> others = plain.isEmpty() ? Map.of() : plain.get(i);
            Map<String, Object> inputs = new LinkedHashMap<>();
            task.inputs().forEach((name, value) -> {
                if (!others.containsKey(name)) {
                    inputs.put(name, templates.resolve(value));
                }
            });
            inputs.putAll(others);
            templates.added += others.size();
            templates.resolved.add(new Task(task.module(), inputs));
        }
        return templates.added == 0 ? request : request.withTasks(templates.resolved);
    }

    private @Nullable Object resolve(@Nullable Object value) {
        if (value instanceof String text) {
            return text.contains("{{") ? resolve(text) : text;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> all = new ArrayList<>(list.size());
            list.forEach(each -> all.add(resolve(each)));
            return all;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> all = new LinkedHashMap<>();
            map.forEach((name, each) -> all.put(name, resolve(each)));
            return all;
        }
        return value;
    }

    private @Nullable Object resolve(String text) {
        Matcher found = TEMPLATE.matcher(text);
        if (found.matches() && found.group(1).isEmpty()) {
            return referred(found.group(2));
        }
        StringBuilder plain = new StringBuilder();
        int done = 0;
        for (found.reset(); found.find(); done = found.end()) {
            plain.append(text, done, found.start());
            if (found.group(1).isEmpty()) {
                plain.append(asText(found.group(2), referred(found.group(2))));
            } else {
                plain.append(text, found.start() + 1, found.end());
                added++;
            }
        }
        return plain.append(text, done, text.length()).toString();
    }

    private static String asText(String reference, @Nullable Object value) {
        if (value instanceof Map || value instanceof List || value == null) {
            throw invalid(reference, "is part of a longer text, and what it stands for is no text, number or boolean");
        }
        return value.toString();
    }

    private @Nullable Object referred(String reference) {
        Matcher parts = REFERENCE.matcher(reference);
        if (!parts.matches()) {
            throw invalid(
                    reference, "is not understood; a template is {{ tasks[0].name }}, with the task counted from 0");
        }
        int index = Integer.parseInt(parts.group(1));
        if (index >= resolved.size()) {
            throw invalid(
                    reference,
                    "stands in task " + resolved.size()
                            + "; a template names an input of an earlier task, counted from 0");
        }
        Task task = resolved.get(index);
        Optional<ValueSchema> schema = schemas.apply(task.module());
        Matcher step = STEP.matcher(parts.group(2));
        Object value = schema.map(known -> withDefaults(known, task)).orElse(task.inputs());
        boolean first = true;
        while (step.find()) {
            if (first && schema.isPresent() && schema.get().secretNames().contains(step.group(1))) {
                throw invalid(reference, "names a secret of module " + task.module() + ", which is not copied");
            }
            value = part(reference, value, step);
            first = false;
        }
        count(value, reference);
        return value;
    }

    private static @Nullable Object part(String reference, @Nullable Object whole, Matcher step) {
        if (step.group(1) != null && whole instanceof Map<?, ?> map && map.containsKey(step.group(1))) {
            return map.get(step.group(1));
        }
        if (step.group(2) != null && whole instanceof List<?> list) {
            int index = Integer.parseInt(step.group(2));
            if (index < list.size()) {
                return list.get(index);
            }
        }
        throw invalid(reference, "names " + step.group() + ", which is not there");
    }

    /** The inputs as they were given, and the defaults of others. */
    private static Map<String, Object> withDefaults(ValueSchema schema, Task task) {
        Map<String, Object> all = schema.withDefaults(schema.own(task.inputs()));
        all.putAll(task.inputs());
        return all;
    }

    /** Values that are copied again and again could grow without end, each one in the next. */
    private void count(@Nullable Object value, String reference) {
        added++;
        if (value instanceof String text) {
            added += text.length();
        } else if (value instanceof List<?> list) {
            list.forEach(each -> count(each, reference));
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((name, each) -> {
                added += name.toString().length();
                count(each, reference);
            });
        }
        if (added > JsonLimits.MOST_BYTES) {
            throw new ProblemException(
                    ProblemCode.TOO_LARGE,
                    "With what {{ " + reference + " }} stands for, the inputs are larger than 1 MiB.");
        }
    }

    private static ProblemException invalid(String reference, String reason) {
        return new ProblemException(
                ProblemCode.INVALID_INPUT,
                "The template {{ " + reference + " }} " + reason + "; \\{{ stands for the plain text.");
    }
}
