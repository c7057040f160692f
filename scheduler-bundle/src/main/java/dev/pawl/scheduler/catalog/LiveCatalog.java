package dev.pawl.scheduler.catalog;

import dev.pawl.scheduler.files.FileRoots;
import dev.pawl.scheduler.schema.InvalidValueException;
import dev.pawl.scheduler.schema.Secrets;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.catalog.Leak;
import dev.pawl.service.catalog.ModuleCatalog;
import dev.pawl.service.catalog.ModuleDiagnosis;
import dev.pawl.service.catalog.ModuleEntry;
import dev.pawl.service.catalog.ModuleState;
import dev.pawl.service.data.JsonLimits;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The catalog for adapters: the installed modules with their settings, warnings and diagnoses. */
public final class LiveCatalog implements ModuleCatalog {

    private static final int MOST_AT_ONCE = 100_000;

    private final InstalledModules installed;
    private final ModuleSettings settings;
    private final Predicate<String> updating;
    private final Predicate<String> paused;
    private final Function<String, List<String>> warnings;
    private final Function<String, Optional<ModuleDiagnosis>> diagnoses;
    private final Supplier<List<Leak>> leaks;
    private final SettingsVersion version = new SettingsVersion();
    private final ReentrantLock configuring = new ReentrantLock();

    /**
     * Shows the installed modules.
     *
     * @param updating whether a module is being replaced
     * @param paused whether the start of a module's jobs is paused
     * @param warnings sentences about a module for an operator
     * @param diagnoses the diagnosis of one module
     * @param leaks the leaked versions
     */
    public LiveCatalog(
            InstalledModules installed,
            ModuleSettings settings,
            Predicate<String> updating,
            Predicate<String> paused,
            Function<String, List<String>> warnings,
            Function<String, Optional<ModuleDiagnosis>> diagnoses,
            Supplier<List<Leak>> leaks) {
        this.installed = installed;
        this.settings = settings;
        this.updating = updating;
        this.paused = paused;
        this.warnings = warnings;
        this.diagnoses = diagnoses;
        this.leaks = leaks;
    }

    @Override
    public List<ModuleEntry> modules() {
        return installed.all().stream().map(this::entry).toList();
    }

    @Override
    public Optional<ModuleEntry> module(String id) {
        return installed.find(id).map(this::entry);
    }

    @Override
    public List<Leak> leaks() {
        return leaks.get();
    }

    @Override
    public Optional<ModuleDiagnosis> diagnosis(String id) {
        return diagnoses.apply(id);
    }

    @Override
    public Map<String, Object> settings(String id) {
        InstalledModule module = known(id);
        return Secrets.masked(shown(module), module.settings().secretNames());
    }

    private Map<String, Object> shown(InstalledModule module) {
        String id = module.id();
        Map<String, Object> configured = settings.configured(id);
        Map<String, Object> shown = new LinkedHashMap<>(
                module.settings().withDefaults(module.settings().configured(configured)));
        for (String name : List.of(ModuleSettings.CONCURRENCY, FileRoots.SETTING)) {
            Object value = configured.get(name);
            if (value != null) {
                shown.put(name, value);
            }
        }
        return shown;
    }

    @Override
    public String settingsVersion(String id) {
        InstalledModule module = known(id);
        String record = settings.record(id);
        return record == null
                ? version.of(shown(module))
                : SettingsVersion.ofShared(
                        record, Secrets.masked(shown(module), module.settings().secretNames()));
    }

    @Override
    public void configure(String id, Map<String, ?> wanted, Consumer<String> check) {
        configuring.lock();
        try {
            InstalledModule module = known(id);
            requireSmall(wanted);
            settings.change(
                    id,
                    () -> {
                        check.accept(settingsVersion(id));
                        return checked(module, wanted);
                    },
                    module.settings().secretNames());
        } finally {
            configuring.unlock();
        }
    }

    private Map<String, Object> checked(InstalledModule module, Map<String, ?> wanted) {
        String id = module.id();
        Map<String, Object> given = new LinkedHashMap<>(wanted);
        Object concurrency = given.remove(ModuleSettings.CONCURRENCY);
        Object roots = given.remove(FileRoots.SETTING);
        Map<String, Object> former = module.settings().configured(settings.configured(id));
        given.replaceAll(
                (name, value) -> Secrets.MASK.equals(value) && former.containsKey(name) ? former.get(name) : value);
        Map<String, Object> converted;
        try {
            module.settings().convert(given, "a setting of " + id); // with all that is required
            converted = new LinkedHashMap<>(module.settings().convertSome(given, "a setting of " + id));
        } catch (InvalidValueException e) {
            throw new ProblemException(ProblemCode.INVALID_SETTING, String.valueOf(e.getMessage()), e);
        }
        if (concurrency != null) {
            converted.put(ModuleSettings.CONCURRENCY, checked(concurrency));
        }
        if (roots != null) {
            converted.put(FileRoots.SETTING, checkedRoots(roots));
        }
        describe(former, converted);
        return converted;
    }

    /** Names the changed settings in the audit, without their values. */
    private static void describe(Map<String, Object> former, Map<String, Object> present) {
        AuditedChange change = AuditedChange.current();
        if (change != null) {
            Set<String> names = new TreeSet<>(former.keySet());
            names.addAll(present.keySet());
            names.removeIf(name -> Objects.equals(former.get(name), present.get(name)));
            change.describe(names.isEmpty() ? "nothing changed" : "changed " + String.join(", ", names));
        }
    }

    @Override
    public Map<String, Object> inputs(String id, Map<String, String> texts) {
        try {
            return installed
                    .find(id)
                    .map(module -> module.inputs().fromTexts(texts))
                    .orElseGet(() -> new LinkedHashMap<>(texts));
        } catch (InvalidValueException e) {
            throw new ProblemException(ProblemCode.INVALID_INPUT, String.valueOf(e.getMessage()), e);
        }
    }

    private ModuleEntry entry(InstalledModule module) {
        List<String> all = new ArrayList<>(module.warnings());
        all.addAll(warnings.apply(module.id()));
        all.addAll(refusedSettings(module));
        return new ModuleEntry(
                module.id(),
                module.name(),
                module.version(),
                module.description(),
                module.capabilities(),
                module.bundle(),
                updating.test(module.id()) ? ModuleState.UPDATING : module.state(),
                module.explanation(),
                module.isolation(),
                settings.concurrency(module.id(), module.concurrency()),
                module.role(),
                paused.test(module.id()),
                all,
                module.inputs().schema(),
                module.settings().schema());
    }

    /** Warnings about configured settings that this version does not take, since they were made for another. */
    private List<String> refusedSettings(InstalledModule module) {
        Map<String, Object> configured = module.settings().configured(settings.configured(module.id()));
        try {
            if (!configured.isEmpty()) {
                module.settings().convertSome(configured, "a setting of " + module.id());
            }
            return List.of();
        } catch (InvalidValueException e) {
            return List.of("Version " + module.version()
                    + " does not take the settings that are configured, so its jobs are refused: " + e.getMessage()
                    + " `pawl module settings " + module.id() + "` changes them.");
        }
    }

    private InstalledModule known(String id) {
        return installed
                .find(id)
                .orElseThrow(
                        () -> new ProblemException(ProblemCode.NO_SUCH_MODULE, "There is no module \"" + id + "\"."));
    }

    private static void requireSmall(Map<String, ?> settings) {
        long bytes = JsonLimits.bytes(settings);
        if (bytes > JsonLimits.MOST_BYTES) {
            throw new ProblemException(
                    ProblemCode.TOO_LARGE, "The settings are " + bytes + " bytes; they take at most 1 MiB.");
        }
    }

    private static String checkedRoots(Object roots) {
        String text = String.valueOf(roots);
        return FileRoots.parse(roots instanceof String ? text : "not absolute")
                .map(folders -> folders.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)))
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.INVALID_SETTING,
                        FileRoots.SETTING + " is " + text + "; it takes a text with absolute folders, separated by \""
                                + File.pathSeparator + "\", such as /srv/media, or an empty one for none."));
    }

    private static int checked(@Nullable Object concurrency) {
        String text = String.valueOf(concurrency);
        if (!text.matches("\\d{1,6}") || Integer.parseInt(text) > MOST_AT_ONCE) {
            throw new ProblemException(
                    ProblemCode.INVALID_SETTING,
                    ModuleSettings.CONCURRENCY + " is " + text + "; it takes 0 (no limit) to " + MOST_AT_ONCE + ".");
        }
        return Integer.parseInt(text);
    }
}
