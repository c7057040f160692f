package dev.pawl.testkit;

import dev.pawl.api.module.Isolation;
import dev.pawl.api.module.Role;
import dev.pawl.service.catalog.Field;
import dev.pawl.service.catalog.FieldType;
import dev.pawl.service.catalog.Leak;
import dev.pawl.service.catalog.LingeringThread;
import dev.pawl.service.catalog.ModuleCatalog;
import dev.pawl.service.catalog.ModuleDiagnosis;
import dev.pawl.service.catalog.ModuleEntry;
import dev.pawl.service.catalog.ModuleState;
import dev.pawl.service.catalog.Schema;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A catalog of one module, {@code hello} in version 1.2.3, with a value in every field that an adapter shows. Its settings accept every
 * name except {@code wrong}. Safe for use by several threads.
 */
public final class HelloCatalog implements ModuleCatalog {

    private volatile Map<String, Object> settings = Map.of("greeting", "Hello", "api_key", "********");

    @Override
    public List<ModuleEntry> modules() {
        var name = Field.required("name", FieldType.TEXT, "Who is greeted.");
        var count = new Field(
                "count", FieldType.INTEGER, false, 3, "How often.", BigDecimal.ONE, BigDecimal.valueOf(1_000_000));
        return List.of(new ModuleEntry(
                "hello",
                "Hello World",
                "1.2.3",
                "Greets somebody. ".repeat(8), // longer than a line
                List.of("demo"),
                "dev.pawl.hello",
                ModuleState.READY,
                "",
                Isolation.SERVER,
                0,
                Role.OPERATOR,
                false,
                List.of("A thread would not end."),
                new Schema(List.of(name, count), "{\"type\":\"object\",\"required\":[\"name\"]}"),
                new Schema(List.of(), "{\"type\":\"object\"}")));
    }

    @Override
    public Optional<ModuleEntry> module(String id) {
        return modules().stream().filter(module -> module.id().equals(id)).findFirst();
    }

    @Override
    public Optional<ModuleDiagnosis> diagnosis(String id) {
        return module(id)
                .map(module -> new ModuleDiagnosis(
                        "active",
                        new ModuleDiagnosis.Component(
                                "hello",
                                "unsatisfied reference",
                                List.of(new ModuleDiagnosis.Reference("clock", "java.time.Clock", null, false)),
                                List.of(new ModuleDiagnosis.Configuration("dev.pawl.module.hello", false, true)),
                                null),
                        Map.of(JobStatus.RUNNING, 2L),
                        1,
                        List.of(new LingeringThread(
                                LingeringThread.Kind.ABANDONED,
                                "pawl-task-1",
                                new UUID(1, 3),
                                "runnable",
                                List.of("dev.pawl.hello.Spin.run(Spin.java:7)"))),
                        List.of(new ModuleDiagnosis.Retiring("0.9.0", List.of(new UUID(1, 2)))),
                        List.of(new Leak(
                                "dev.pawl.hello",
                                "0.8.0",
                                List.of("hello"),
                                Instant.parse("2026-01-01T00:00:00Z"),
                                List.of("Thread \"left over\" runs its class.")))));
    }

    @Override
    public List<Leak> leaks() {
        return List.of();
    }

    @Override
    public Map<String, Object> settings(String id) {
        return settings;
    }

    @Override
    public String settingsVersion(String id) {
        return "v" + settings.hashCode();
    }

    @Override
    public void configure(String id, Map<String, ?> changed, Consumer<String> check) {
        check.accept(settingsVersion(id));
        if (changed.containsKey("wrong")) {
            throw new ProblemException(ProblemCode.INVALID_SETTING, "wrong is not a setting of " + id + ".");
        }
        settings = new LinkedHashMap<>(changed);
    }

    @Override
    public Map<String, Object> inputs(String id, Map<String, String> texts) {
        return new LinkedHashMap<>(texts);
    }
}
