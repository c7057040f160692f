package dev.pawl.http.answer;

import static dev.pawl.http.answer.AnswerKinds.ANY;
import static dev.pawl.http.answer.AnswerKinds.FLAG;
import static dev.pawl.http.answer.AnswerKinds.ID;
import static dev.pawl.http.answer.AnswerKinds.INTEGER;
import static dev.pawl.http.answer.AnswerKinds.NUMBER;
import static dev.pawl.http.answer.AnswerKinds.OBJECT_TEXT;
import static dev.pawl.http.answer.AnswerKinds.TEXT;
import static dev.pawl.http.answer.AnswerKinds.TIME;
import static dev.pawl.http.answer.AnswerKinds.listOf;
import static dev.pawl.http.answer.AnswerKinds.word;

import dev.pawl.api.module.Isolation;
import dev.pawl.api.module.Role;
import dev.pawl.service.catalog.Field;
import dev.pawl.service.catalog.FieldType;
import dev.pawl.service.catalog.Leak;
import dev.pawl.service.catalog.ModuleDiagnosis;
import dev.pawl.service.catalog.ModuleEntry;
import dev.pawl.service.catalog.ModuleState;
import dev.pawl.service.deploy.AvailableModule;
import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.FolderReport;
import dev.pawl.service.deploy.RollOut;
import dev.pawl.service.store.ServerModule;
import dev.pawl.service.store.ServerModule.State;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Modules on the wire. */
public final class ModuleJson {

    /** The fields that lists show. */
    private static final AnswerShape<ModuleEntry> SUMMARY = AnswerShape.<ModuleEntry>of(
                    "ModuleSummary", "A module, as lists show it.")
            .field("id", TEXT, ModuleEntry::id, "The module's id.")
            .field("name", TEXT, ModuleEntry::name, "Its name, for people.")
            .field("version", TEXT, ModuleEntry::version, "The version of its bundle.")
            .field("description", TEXT, ModuleEntry::description, "What it does.")
            .field("capabilities", listOf(TEXT), ModuleEntry::capabilities, "Search words for what it can do.")
            .field("enabled", FLAG, ModuleEntry::enabled, "Whether its bundle is to run.")
            .field("state", word(ModuleState.values(), ModuleState::wireName), ModuleEntry::state, "Its state.")
            .field(
                    "explanation",
                    TEXT,
                    ModuleEntry::explanation,
                    "What is missing or went wrong; empty when it is ready.")
            .field("bundle", TEXT, ModuleEntry::bundle, "The symbolic name of its bundle.")
            .field(
                    "isolation",
                    word(Isolation.values(), ModuleJson::place),
                    ModuleEntry::isolation,
                    "Where its tasks run: in the server's JVM, or each in a process of its own.")
            .field(
                    "concurrency",
                    INTEGER,
                    ModuleEntry::concurrency,
                    "The number of its jobs that may run at once; 0 when only the slots limit them.")
            .field("role", word(Role.values(), Role::wireName), ModuleEntry::role, "The role needed to start its jobs.")
            .field("paused", FLAG, ModuleEntry::paused, "Whether the start of its jobs is paused.")
            .field("warnings", listOf(TEXT), ModuleEntry::warnings, "Matters that an operator should look at.");

    private static final AnswerShape<AvailableModule> ON_DEMAND = AnswerShape.<AvailableModule>of(
                    "AvailableModule", "A module that can be installed by its id.")
            .field("id", TEXT, AvailableModule::id, "The module's id.")
            .field("name", TEXT, AvailableModule::name, "Its name, for people.")
            .field("version", TEXT, AvailableModule::version, "The version of its bundle.")
            .field("description", TEXT, AvailableModule::description, "What it does.")
            .field("capabilities", listOf(TEXT), AvailableModule::capabilities, "Search words for what it can do.")
            .field("installed", FLAG, AvailableModule::installed, "Whether it is installed, in whatever version.");

    public static final AnswerShape<List<AvailableModule>> AVAILABLE = AnswerShape.<List<AvailableModule>>of(
                    "AvailableModules", "Modules that the distribution brings.")
            .field("modules", listOf(ON_DEMAND), modules -> modules, "The modules, by id.");

    public static final AnswerShape<Modules> LIST = AnswerShape.<Modules>of("Modules", "The installed modules.")
            .field("modules", listOf(SUMMARY), Modules::modules, "The modules.")
            .field(
                    "leaks",
                    listOf(DiagnosisJson.LEAK),
                    Modules::leaks,
                    "Leaked versions: removed or replaced, and still in memory.");

    private static final AnswerShape<Field> FIELD = AnswerShape.<Field>of("ModuleField", "An input or a setting.")
            .field("id", TEXT, Field::id, "Its name.")
            .field("type", word(FieldType.values(), FieldType::wireName), Field::type, "The type of its value.")
            .field("required", FLAG, Field::required, "Whether it must be given.")
            .nullable("default", ANY, Field::otherwise, "What is taken when it is not given.")
            .field("description", TEXT, Field::description, "What it is for.")
            .nullable("min", NUMBER, Field::min, "The least number, or the least length of a text.")
            .nullable("max", NUMBER, Field::max, "The greatest number, or the greatest length of a text.");

    private static final AnswerShape<OnServer> ON_SERVER = AnswerShape.<OnServer>of(
                    "ModuleOnServer", "A module on one of the servers that share the store.")
            .field("server", TEXT, OnServer::server, "The name of the server.")
            .field("version", TEXT, on -> on.module().version(), "The version of the module's bundle there.")
            .field(
                    "state",
                    word(State.values(), WorkerJson::state),
                    on -> on.module().state(),
                    "Its state there.")
            .field("detail", TEXT, on -> on.module().detail(), "Why it does not run; empty when it does.");

    /** The fields that lists show, and the module's inputs, settings, condition and origin. */
    public static final AnswerShape<Manifest> MANIFEST = AnswerShape.<Manifest>of(
                    "Module", "A module with its inputs and settings.")
            .all(SUMMARY, Manifest::module)
            .field("inputs", listOf(FIELD), shown -> shown.module().inputs().fields(), "Its inputs.")
            .field("settings", listOf(FIELD), shown -> shown.module().settings().fields(), "Its settings.")
            .field(
                    "inputs_schema",
                    OBJECT_TEXT,
                    shown -> shown.module().inputs().json(),
                    "The inputs as a JSON Schema.")
            .field(
                    "settings_schema",
                    OBJECT_TEXT,
                    shown -> shown.module().settings().json(),
                    "The settings as a JSON Schema.")
            .allOrNone(DiagnosisJson.DIAGNOSIS, shown -> shown.diagnosis().orElse(null))
            .field("running_jobs", listOf(ID), Manifest::running, "The jobs that run on it now.")
            .field("entrypoint", TEXT, shown -> shown.module().bundle(), "The same as bundle.")
            .nullable("path", TEXT, ModuleJson::source, "Where its jar came from.")
            .nullable("installed_at", TIME, ModuleJson::installedAt, "When this version was installed.")
            .nullable(
                    "deployment",
                    DeploymentJson.VERSION,
                    shown -> shown.deployment().orElse(null),
                    "The version that is in use.")
            .field(
                    "former",
                    listOf(DeploymentJson.VERSION),
                    Manifest::former,
                    "Former versions to which it can be rolled back, latest first.")
            .field(
                    "servers",
                    listOf(ON_SERVER),
                    Manifest::servers,
                    "The module on each of the servers that share the store; empty where the store belongs to this one.")
            .nullable(
                    "roll_out",
                    DeploymentJson.ROLL_OUT,
                    shown -> shown.rollOut().orElse(null),
                    "The roll-out of a version over them, while it lasts.");

    public static final AnswerShape<Paused> PAUSED = AnswerShape.<Paused>of(
                    "ModulePause", "Whether the start of a module's jobs is paused.")
            .field("id", TEXT, Paused::id, "The module's id.")
            .field("paused", FLAG, Paused::paused, "Whether it is paused.");

    /** The result of a scan of the modules folder, and the modules after it. */
    public static final AnswerShape<Reloaded> RELOADED = AnswerShape.<Reloaded>of(
                    "FolderReport", "The result of a scan of the modules folder.")
            .field("status", word("reloaded"), done -> "reloaded", "Always reloaded.")
            .field(
                    "installed",
                    listOf(DeploymentJson.CHANGE),
                    done -> done.report().installed(),
                    "The bundles that were installed or updated.")
            .field(
                    "failed",
                    listOf(DeploymentJson.REFUSAL),
                    done -> done.report().failed(),
                    "Files that could not be installed.")
            .field("skipped", listOf(TEXT), done -> done.report().skipped(), "Files that were installed already.")
            .field("modules_found", INTEGER, done -> done.modules().size(), "The number of modules.")
            .field("modules", listOf(SUMMARY), Reloaded::modules, "The modules after the scan.");

    private ModuleJson() {}

    /**
     * The installed modules.
     *
     * @param modules the modules in order
     * @param leaks the leaked versions
     */
    public record Modules(List<ModuleEntry> modules, List<Leak> leaks) {}

    /**
     * All fields of a module.
     *
     * @param module the module
     * @param diagnosis its condition
     * @param running its running jobs
     * @param deployment the version in use
     * @param former the former versions
     * @param servers the module on the servers that share the store
     * @param rollOut the roll-out of a version over them
     */
    public record Manifest(
            ModuleEntry module,
            Optional<ModuleDiagnosis> diagnosis,
            List<UUID> running,
            Optional<Deployment> deployment,
            List<Deployment> former,
            List<OnServer> servers,
            Optional<RollOut> rollOut) {}

    /**
     * A module on a server.
     *
     * @param server the name of the server
     * @param module its bundle there
     */
    public record OnServer(String server, ServerModule module) {}

    /**
     * Whether a module's jobs are paused.
     *
     * @param id the id of the module
     * @param paused whether they are
     */
    public record Paused(String id, boolean paused) {}

    /**
     * A scan of the modules folder.
     *
     * @param report its result
     * @param modules the modules after it
     */
    public record Reloaded(FolderReport report, List<ModuleEntry> modules) {}

    private static String place(Isolation isolation) {
        return isolation.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String source(Manifest shown) {
        return shown.deployment().map(Deployment::source).orElse(null);
    }

    private static @Nullable Instant installedAt(Manifest shown) {
        return shown.deployment().map(Deployment::installedAt).orElse(null);
    }
}
