package dev.pawl.scheduler.catalog;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Isolation;
import dev.pawl.api.module.Role;
import dev.pawl.scheduler.schema.ValueSchema;
import dev.pawl.service.catalog.ModuleState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

/** Finds the modules that the framework's bundles declare in their manifests, started or not. */
public final class BundleModules implements InstalledModules {

    private static final String TYPE = AutomationModule.NAMESPACE;

    /** The header of a bundle that was packed from a module's folder. */
    private static final String FOLDER = "Pawl-Process";

    private final BundleContext context;
    private final InstallRecords records;
    private final ModuleTracker tracker;
    private final DeclaredSchemas schemas;
    private final ComponentDiagnosis diagnosis;
    private final ResolveDiagnosis resolving;
    private final Map<String, Schemas> cache = new ConcurrentHashMap<>();

    /** The schemas of one module of a bundle; without its classes, so that nothing keeps a bundle that has gone. */
    private record Schemas(ValueSchema inputs, ValueSchema settings, String problem) {}

    private record Found(Bundle bundle, Version version, InstalledModule module) {}

    /**
     * Reads the bundles of the framework.
     *
     * @param records the deployed bundles
     */
    public BundleModules(
            BundleContext context,
            InstallRecords records,
            ModuleTracker tracker,
            DeclaredSchemas schemas,
            ComponentDiagnosis diagnosis) {
        this.context = context;
        this.records = records;
        this.tracker = tracker;
        this.schemas = schemas;
        this.diagnosis = diagnosis;
        resolving = new ResolveDiagnosis(context);
    }

    @Override
    public List<InstalledModule> all() {
        return best().values().stream().map(Found::module).toList();
    }

    private Map<String, Found> best() {
        Optional<Map<String, Found>> seen = look();
        while (seen.isEmpty()) {
            seen = look(); // a bundle has gone meanwhile; each round more needs another change of what is installed
        }
        return seen.get();
    }

    /** The installed modules; empty when a bundle was uninstalled while this looked at it, since another may have come in its place. */
    private Optional<Map<String, Found>> look() {
        Map<String, Found> best = new TreeMap<>();
        List<String> keys = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            try {
                for (BundleCapability capability : declared(bundle)) {
                    Found found = found(bundle, capability, keys);
                    best.merge(found.module().id(), found, BundleModules::better);
                }
            } catch (IllegalStateException | IllegalArgumentException e) {
                if (bundle.getState() != Bundle.UNINSTALLED) {
                    throw e;
                }
            }
            if (bundle.getState() == Bundle.UNINSTALLED) {
                return Optional.empty();
            }
        }
        cache.keySet().retainAll(keys);
        return Optional.of(best);
    }

    @Override
    public Optional<InstalledModule> find(String id) {
        return all().stream().filter(module -> module.id().equals(id)).findFirst();
    }

    /** The bundle that {@link #find} looks at. */
    Optional<Bundle> bundleOf(String id) {
        return Optional.ofNullable(best().get(id)).map(Found::bundle);
    }

    /** The bundles that hold the module and take no more jobs. */
    List<Bundle> retiring(String id) {
        return Arrays.stream(context.getBundles())
                .filter(tracker::isRetired)
                .filter(bundle -> declared(bundle).stream()
                        .anyMatch(capability ->
                                text(capability.getAttributes(), "id").equals(id)))
                .toList();
    }

    private static List<BundleCapability> declared(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision == null ? List.of() : revision.getDeclaredCapabilities(TYPE);
    }

    private static Found better(Found one, Found other) {
        Comparator<Found> ready = Comparator.comparing(found -> found.module().state() == ModuleState.READY);
        return ready.thenComparing(Found::version).compare(one, other) >= 0 ? one : other;
    }

    private Found found(Bundle bundle, BundleCapability capability, List<String> keys) {
        Map<String, Object> attributes = capability.getAttributes();
        String id = text(attributes, "id");
        String key = bundle.getBundleId() + "/" + bundle.getLastModified() + "/" + id;
        keys.add(key);
        Optional<TrackedModule> live = tracker.of(bundle, id);
        Schemas moduleSchemas = live.map(module -> new Schemas(module.inputs(), module.settings(), ""))
                .orElseGet(() -> schemasOf(key, bundle, id, attributes));
        ModuleState state = state(bundle, id, live.isPresent());
        List<String> warnings = live.isPresent() && !live.get().isPrototype()
                ? List.of("Its component is not of scope PROTOTYPE: all tasks share one instance. Write"
                        + " `@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)`.")
                : List.of();
        InstalledModule module = new InstalledModule(
                id,
                attributes.containsKey("name") ? text(attributes, "name") : id,
                bundle.getVersion().toString(),
                text(attributes, "description"),
                texts(attributes.get("capabilities")),
                String.valueOf(bundle.getSymbolicName()),
                state,
                explanation(bundle, id, state, moduleSchemas),
                isolation(bundle, attributes.get("isolation")),
                number(attributes.get("concurrency")),
                roleOrHighest(attributes.get("role")),
                warnings,
                moduleSchemas.inputs(),
                moduleSchemas.settings());
        return new Found(bundle, bundle.getVersion(), module);
    }

    private Schemas schemasOf(String key, Bundle bundle, String id, Map<String, Object> attributes) {
        Schemas known = cache.get(key);
        if (known != null && known.problem().isEmpty()) {
            return known;
        }
        Schemas moduleSchemas;
        try {
            DeclaredSchemas.Pair pair =
                    schemas.of(bundle, id, text(attributes, "inputs"), text(attributes, "settings"));
            moduleSchemas = new Schemas(pair.inputs(), pair.settings(), "");
        } catch (IllegalArgumentException e) {
            moduleSchemas = new Schemas(ValueSchema.NOTHING, ValueSchema.NOTHING, String.valueOf(e.getMessage()));
        }
        cache.put(key, moduleSchemas);
        return moduleSchemas;
    }

    private ModuleState state(Bundle bundle, String id, boolean live) {
        if (live) {
            return !tracker.isRetired(bundle)
                    ? ModuleState.READY
                    : records.isKept(bundle) ? ModuleState.DISABLED : ModuleState.RETIRING;
        }
        if (isInItsActivator(bundle, id)) {
            return ModuleState.FAILED;
        }
        if (bundle.getState() == Bundle.ACTIVE || bundle.getState() == Bundle.STARTING) {
            return tracker.refusal(bundle.getBundleId(), id).isPresent() ? ModuleState.FAILED : ModuleState.UNSATISFIED;
        }
        return records.isEnabled(bundle) ? ModuleState.FAILED : ModuleState.DISABLED;
    }

    /** Whether the activator has not returned, and may never do so. A bundle with lazy activation has components already. */
    private boolean isInItsActivator(Bundle bundle, String id) {
        return bundle.getState() == Bundle.STARTING
                && diagnosis.describe(bundle, id).isEmpty();
    }

    private String explanation(Bundle bundle, String id, ModuleState state, Schemas moduleSchemas) {
        return switch (state) {
            case READY, UPDATING -> "";
            case RETIRING -> "It takes no more jobs; its bundle goes when the last job that runs there has ended.";
            case DISABLED ->
                tracker.isRetired(bundle)
                        ? "It takes no more jobs; its bundle stops when the last job that runs there has ended."
                        : "Its bundle is stopped.";
            case UNSATISFIED -> diagnosis.of(bundle, id);
            case FAILED ->
                tracker.refusal(bundle.getBundleId(), id)
                        .or(() -> resolving.of(bundle))
                        .orElseGet(
                                () -> moduleSchemas.problem().isEmpty() ? notStarted(bundle) : moduleSchemas.problem());
        };
    }

    private static String notStarted(Bundle bundle) {
        return bundle.getState() == Bundle.STARTING
                ? "Its bundle is being started, and its activator has not come back."
                : "Its bundle is to be started and is not.";
    }

    /** A module's folder, which its bundle says it holds, has processes whatever is declared. */
    private static Isolation isolation(Bundle bundle, @Nullable Object declared) {
        boolean process = bundle.getHeaders("").get(FOLDER) != null
                || Isolation.PROCESS.name().equals(String.valueOf(declared));
        return process ? Isolation.PROCESS : Isolation.SERVER;
    }

    private static String text(Map<String, Object> attributes, String name) {
        return attributes.get(name) instanceof String text ? text : "";
    }

    private static List<String> texts(@Nullable Object value) {
        if (value instanceof String text) {
            return List.of(text);
        }
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /**
     * The role that a module declares.
     *
     * @throws IllegalArgumentException when it is not a role
     */
    static Role role(@Nullable Object declared) {
        return declared == null ? Role.OPERATOR : Role.of(declared.toString());
    }

    /** The declared role, or the highest one: a module that is refused for its role is not to look as if everybody may start it. */
    private static Role roleOrHighest(@Nullable Object declared) {
        try {
            return role(declared);
        } catch (IllegalArgumentException refused) {
            return Role.ADMIN;
        }
    }

    private static int number(@Nullable Object value) {
        if (value instanceof Number number) {
            return Math.max(0, number.intValue());
        }
        return value instanceof String text && text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
    }
}
