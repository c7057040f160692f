package dev.pawl.scheduler;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Isolation;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.Role;
import dev.pawl.scheduler.catalog.InstalledModule;
import dev.pawl.scheduler.catalog.InstalledModules;
import dev.pawl.scheduler.catalog.ModuleSettings;
import dev.pawl.scheduler.catalog.ModuleVersion;
import dev.pawl.scheduler.catalog.ReadyModules;
import dev.pawl.scheduler.schema.ModuleMapper;
import dev.pawl.scheduler.schema.RecordSchema;
import dev.pawl.scheduler.schema.ValueSchema;
import dev.pawl.service.catalog.ModuleState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.osgi.framework.VersionRange;

/** Modules without a framework, added and removed by the test. */
final class FakeModules implements ReadyModules, InstalledModules, ModuleSettings {

    private final Map<String, Kind> ready = new ConcurrentHashMap<>();
    private final Set<Long> retired = ConcurrentHashMap.newKeySet();
    private final Map<String, InstalledModule> installed = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Object>> configured = new ConcurrentHashMap<>();

    Kind put(String id, Supplier<Module> maker) {
        return put(id, 0, AutomationModule.NoFields.class, AutomationModule.NoFields.class, maker);
    }

    Kind put(String id, int concurrency, Class<?> inputs, Class<?> settings, Supplier<Module> maker) {
        Kind kind = new Kind(id, concurrency, inputs, RecordSchema.of(inputs), RecordSchema.of(settings), maker);
        ready.put(id, kind);
        install(kind, ModuleState.READY, "");
        return kind;
    }

    /** Makes a module accept no jobs, though it stays installed. */
    Kind withdraw(String id, ModuleState state, String explanation) {
        Kind kind = ready.remove(id);
        install(kind, state, explanation);
        return kind;
    }

    void putBack(Kind kind) {
        ready.put(kind.id(), kind);
        install(kind, ModuleState.READY, "");
    }

    @Override
    public Optional<String> refusal(long bundle, String id) {
        return Optional.empty();
    }

    @Override
    public void retire(long bundle) {
        retired.add(bundle);
    }

    @Override
    public void reinstate(long bundle) {
        retired.remove(bundle);
    }

    void uninstall(String id) {
        ready.remove(id);
        installed.remove(id);
    }

    @Override
    public Optional<ModuleVersion> current(String id) {
        return Optional.ofNullable(ready.get(id))
                .filter(kind -> !retired.contains(kind.bundle()))
                .map(kind -> kind);
    }

    @Override
    public Set<String> ids() {
        return ready.values().stream()
                .filter(kind -> !retired.contains(kind.bundle()))
                .map(Kind::id)
                .collect(Collectors.toSet());
    }

    @Override
    public List<InstalledModule> all() {
        return installed.keySet().stream().sorted().map(installed::get).toList();
    }

    @Override
    public Optional<InstalledModule> find(String id) {
        return Optional.ofNullable(installed.get(id));
    }

    @Override
    public Map<String, Object> configured(String module) {
        return configured.getOrDefault(module, Map.of());
    }

    void replace(String module, Map<String, Object> settings) {
        replace(module, settings, List.of());
    }

    @Override
    public void replace(String module, Map<String, Object> settings, List<String> secretNames) {
        configured.put(module, settings);
    }

    private void install(Kind kind, ModuleState state, String explanation) {
        installed.put(
                kind.id(),
                new InstalledModule(
                        kind.id(),
                        kind.id(),
                        kind.version(),
                        "",
                        List.of(),
                        "test." + kind.id(),
                        state,
                        explanation,
                        Isolation.SERVER,
                        kind.concurrency(),
                        kind.role(),
                        List.of(),
                        kind.inputs(),
                        kind.settings()));
    }

    /** A module; counts the instances that were created and released. */
    static final class Kind implements ModuleVersion {

        final AtomicInteger made = new AtomicInteger();
        final AtomicInteger released = new AtomicInteger();
        private static final AtomicLong BUNDLES = new AtomicLong();
        private final long bundle = BUNDLES.incrementAndGet();
        private final String id;
        private String version = "1.0.0";
        private VersionRange checkpoints;
        private Role role = Role.OPERATOR;
        private final int concurrency;
        private final Class<?> inputsType;
        private final ValueSchema inputs;
        private final ValueSchema settings;
        private final Supplier<Module> maker;
        private final ModuleMapper mapper = new ModuleMapper();

        Kind(
                String id,
                int concurrency,
                Class<?> inputsType,
                ValueSchema inputs,
                ValueSchema settings,
                Supplier<Module> maker) {
            this.id = id;
            this.concurrency = concurrency;
            this.inputsType = inputsType;
            this.inputs = inputs;
            this.settings = settings;
            this.maker = maker;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public String version() {
            return version;
        }

        @Override
        public Optional<VersionRange> checkpoints() {
            return Optional.ofNullable(checkpoints);
        }

        /** Sets the version. */
        Kind version(String other) {
            version = other;
            return this;
        }

        /** Lets it resume only from checkpoints of these versions. */
        Kind checkpoints(String range) {
            checkpoints = new VersionRange(range);
            return this;
        }

        @Override
        public long bundle() {
            return bundle;
        }

        @Override
        public int concurrency() {
            return concurrency;
        }

        @Override
        public Role role() {
            return role;
        }

        /** Lets only this role start its jobs. */
        Kind role(Role needed) {
            role = needed;
            return this;
        }

        @Override
        public ValueSchema inputs() {
            return inputs;
        }

        @Override
        public Class<?> inputsType() {
            return inputsType;
        }

        @Override
        public ValueSchema settings() {
            return settings;
        }

        @Override
        public ModuleMapper mapper() {
            return mapper;
        }

        @Override
        public ClassLoader loader() {
            return FakeModules.class.getClassLoader();
        }

        @Override
        public Module create() {
            Module module = maker.get();
            made.incrementAndGet();
            return module;
        }

        @Override
        public void release(Module instance) {
            released.incrementAndGet();
        }
    }
}
