package dev.pawl.http.json;

import static dev.pawl.http.json.AnswerKinds.ANY;
import static dev.pawl.http.json.AnswerKinds.FLAG;
import static dev.pawl.http.json.AnswerKinds.ID;
import static dev.pawl.http.json.AnswerKinds.INTEGER;
import static dev.pawl.http.json.AnswerKinds.NUMBER;
import static dev.pawl.http.json.AnswerKinds.OBJECT_TEXT;
import static dev.pawl.http.json.AnswerKinds.TEXT;
import static dev.pawl.http.json.AnswerKinds.TIME;
import static dev.pawl.http.json.AnswerKinds.listOf;
import static dev.pawl.http.json.AnswerKinds.word;

import dev.pawl.api.module.Role;
import dev.pawl.service.catalog.Field;
import dev.pawl.service.catalog.FieldType;
import dev.pawl.service.catalog.Leak;
import dev.pawl.service.catalog.ModuleDiagnosis;
import dev.pawl.service.catalog.ModuleEntry;
import dev.pawl.service.catalog.ModuleState;
import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.FolderReport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Modules on the wire. */
public final class ModuleJson {

    /** What a list shows. */
    private static final AnswerShape<ModuleEntry> SUMMARY = AnswerShape.<ModuleEntry>of(
                    "ModuleSummary", "A module, as lists show it.")
            .field("id", TEXT, ModuleEntry::id, "The module's id.")
            .field("name", TEXT, ModuleEntry::name, "For people.")
            .field("version", TEXT, ModuleEntry::version, "The version of its bundle.")
            .field("description", TEXT, ModuleEntry::description, "What it does.")
            .field("capabilities", listOf(TEXT), ModuleEntry::capabilities, "What it says it can do.")
            .field("enabled", FLAG, ModuleEntry::enabled, "Whether its bundle is to run.")
            .field("state", word(ModuleState.values(), ModuleState::wireName), ModuleEntry::state, "Where it stands.")
            .field(
                    "explanation",
                    TEXT,
                    ModuleEntry::explanation,
                    "What is missing or went wrong; empty when it is ready.")
            .field("bundle", TEXT, ModuleEntry::bundle, "The symbolic name of its bundle.")
            .field(
                    "concurrency",
                    INTEGER,
                    ModuleEntry::concurrency,
                    "How many of its jobs may run at once; 0: only the slots limit them.")
            .field("role", word(Role.values(), Role::wireName), ModuleEntry::role, "What starting its jobs takes.")
            .field("warnings", listOf(TEXT), ModuleEntry::warnings, "What an operator should look at.");

    public static final AnswerShape<Modules> LIST = AnswerShape.<Modules>of("Modules", "The modules there are.")
            .field("modules", listOf(SUMMARY), Modules::modules, "The modules.")
            .field("leaks", listOf(DiagnosisJson.LEAK), Modules::leaks, "Versions that are gone and still in memory.");

    private static final AnswerShape<Field> FIELD = AnswerShape.<Field>of("ModuleField", "An input or a setting.")
            .field("id", TEXT, Field::id, "Its name.")
            .field("type", word(FieldType.values(), FieldType::wireName), Field::type, "What it takes.")
            .field("required", FLAG, Field::required, "Whether it must be given.")
            .nullable("default", ANY, Field::otherwise, "What is taken when it is not given.")
            .field("description", TEXT, Field::description, "What it is for.")
            .nullable("min", NUMBER, Field::min, "The least number, or the least length of a text.")
            .nullable("max", NUMBER, Field::max, "The greatest number, or the greatest length of a text.");

    /** The fields of a list, and what it takes, how it does and where it comes from. */
    public static final AnswerShape<Manifest> MANIFEST = AnswerShape.<Manifest>of(
                    "Module", "A module and what it takes.")
            .all(SUMMARY, Manifest::module)
            .field("inputs", listOf(FIELD), shown -> shown.module().inputs().fields(), "The inputs it takes.")
            .field("settings", listOf(FIELD), shown -> shown.module().settings().fields(), "The settings it takes.")
            .field(
                    "inputs_schema",
                    OBJECT_TEXT,
                    shown -> shown.module().inputs().json(),
                    "The inputs as a JSON Schema.")
            .field(
                    "settings_schema",
                    OBJECT_TEXT,
                    shown -> shown.module().settings().json(),
                    "The settings, likewise.")
            .allOrNone(DiagnosisJson.DIAGNOSIS, shown -> shown.diagnosis().orElse(null))
            .field("running_jobs", listOf(ID), Manifest::running, "The jobs that run it now.")
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
                    "Versions to go back to, the latest first.");

    public static final AnswerShape<Paused> PAUSED = AnswerShape.<Paused>of(
                    "ModulePause", "Whether jobs of a module start.")
            .field("id", TEXT, Paused::id, "The module's id.")
            .field("paused", FLAG, Paused::paused, "Whether no more of its jobs start.");

    /** The findings of a look at the modules folder, and the modules there are after it. */
    public static final AnswerShape<Reloaded> RELOADED = AnswerShape.<Reloaded>of(
                    "FolderReport", "What came of a look at the modules folder.")
            .field("status", word("reloaded"), done -> "reloaded", "That it was looked at.")
            .field(
                    "installed",
                    listOf(DeploymentJson.CHANGE),
                    done -> done.report().installed(),
                    "What was installed or updated.")
            .field(
                    "failed",
                    listOf(DeploymentJson.REFUSAL),
                    done -> done.report().failed(),
                    "Files that could not be installed.")
            .field("skipped", listOf(TEXT), done -> done.report().skipped(), "Files that are in use already.")
            .field("modules_found", INTEGER, done -> done.modules().size(), "How many modules there are now.")
            .field("modules", listOf(SUMMARY), Reloaded::modules, "The modules there are now.");

    private ModuleJson() {}

    /**
     * The modules there are.
     *
     * @param modules in their order
     * @param leaks versions that are gone and still in memory
     */
    public record Modules(List<ModuleEntry> modules, List<Leak> leaks) {}

    /**
     * All about a module.
     *
     * @param module itself
     * @param diagnosis how it does
     * @param running its jobs that run
     * @param deployment the version in use
     * @param former versions to go back to
     */
    public record Manifest(
            ModuleEntry module,
            Optional<ModuleDiagnosis> diagnosis,
            List<UUID> running,
            Optional<Deployment> deployment,
            List<Deployment> former) {}

    /**
     * A module whose jobs are held back, or not.
     *
     * @param id of the module
     * @param paused whether they are
     */
    public record Paused(String id, boolean paused) {}

    /**
     * A look at the modules folder.
     *
     * @param report what came of it
     * @param modules those that are there after it
     */
    public record Reloaded(FolderReport report, List<ModuleEntry> modules) {}

    private static @Nullable String source(Manifest shown) {
        return shown.deployment().map(Deployment::source).orElse(null);
    }

    private static @Nullable Instant installedAt(Manifest shown) {
        return shown.deployment().map(Deployment::installedAt).orElse(null);
    }
}
