package dev.pawl.testkit;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.Role;
import dev.pawl.scheduler.catalog.DeclaredSchemas;
import dev.pawl.scheduler.catalog.ModuleVersion;
import dev.pawl.scheduler.schema.ModuleMapper;
import dev.pawl.scheduler.schema.ValueSchema;
import dev.pawl.service.job.Phase;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.VersionRange;

/** The module under test as a module version for one run of the scheduler, which creates instances from it. */
final class HarnessSubject implements ModuleVersion {

    private static final String UNDECLARED = "module-under-test";
    private final @Nullable Module made;
    private final @Nullable Throwable failure;
    private final @Nullable AutomationModule declaration;
    private final String version;
    private final HarnessScript script;
    private final ValueSchema inputs;
    private final ValueSchema settings;

    private HarnessSubject(@Nullable Module made, @Nullable Throwable failure, String version, HarnessScript script) {
        this.made = made;
        this.failure = failure;
        this.version = version;
        this.script = script;
        this.declaration = made == null ? null : made.getClass().getAnnotation(AutomationModule.class);
        this.inputs = schema("inputs", inputsType());
        this.settings =
                schema("settings", declaration == null ? AutomationModule.NoFields.class : declaration.settings());
    }

    /** Constructs the module; an exception is kept until the run asks for the instance. */
    static HarnessSubject of(Supplier<? extends Module> maker, String version, HarnessScript script) {
        Module made;
        try {
            made = Objects.requireNonNull(maker.get(), "The supplier of the module gave null.");
        } catch (RuntimeException | Error e) {
            return new HarnessSubject(null, e, version, script);
        }
        return new HarnessSubject(made, null, version, script);
    }

    private ValueSchema schema(String part, Class<?> type) {
        return made == null
                ? ValueSchema.NOTHING
                : DeclaredSchemas.schema(
                        loader().getResource("OSGI-INF/pawl/" + id() + "." + part + ".schema.json"), type);
    }

    /** Whether its class declares its inputs. */
    boolean isDeclared() {
        return declaration != null;
    }

    /** The given settings that an admin configures, since no job can override them. */
    Map<String, Object> adminsSettings() {
        Map<String, Object> configured = new LinkedHashMap<>(script.job().settings());
        configured.keySet().removeIf(name -> !settings.isAdminOnly(name));
        return configured;
    }

    /** The given settings that the job itself carries. */
    Map<String, Object> jobsSettings() {
        Map<String, Object> own =
                new LinkedHashMap<>(isDeclared() ? script.job().settings() : Map.of());
        own.keySet().removeIf(settings::isAdminOnly);
        return own;
    }

    @Override
    public String id() {
        return declaration == null ? UNDECLARED : declaration.id();
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public long bundle() {
        return 0;
    }

    @Override
    public Optional<VersionRange> checkpoints() {
        return declaration == null || declaration.checkpoints().isBlank()
                ? Optional.empty()
                : Optional.of(new VersionRange(declaration.checkpoints().strip()));
    }

    @Override
    public int concurrency() {
        return 0;
    }

    @Override
    public Role role() {
        return declaration == null ? Role.OPERATOR : declaration.role();
    }

    @Override
    public ValueSchema inputs() {
        return inputs;
    }

    @Override
    public Class<?> inputsType() {
        return declaration == null ? AutomationModule.NoFields.class : declaration.inputs();
    }

    @Override
    public ValueSchema settings() {
        return settings;
    }

    @Override
    public ModuleMapper mapper() {
        return script.job().mapper();
    }

    @Override
    public ClassLoader loader() {
        return made == null
                ? ClassLoader.getSystemClassLoader()
                : Objects.requireNonNull(made.getClass().getClassLoader());
    }

    @Override
    public Module create() {
        if (made != null) {
            return new HarnessModule(made, script, isDeclared());
        }
        Throwable thrown = Objects.requireNonNull(failure);
        script.threw(Phase.INITIALIZE, thrown);
        if (thrown instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) thrown;
    }

    @Override
    public void release(Module instance) {} // no other run uses it
}
