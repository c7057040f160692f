package dev.pawl.http.answer;

import static dev.pawl.http.answer.AnswerKinds.FLAG;
import static dev.pawl.http.answer.AnswerKinds.ID;
import static dev.pawl.http.answer.AnswerKinds.INTEGER;
import static dev.pawl.http.answer.AnswerKinds.TEXT;
import static dev.pawl.http.answer.AnswerKinds.TIME;
import static dev.pawl.http.answer.AnswerKinds.listOf;
import static dev.pawl.http.answer.AnswerKinds.word;

import dev.pawl.service.deploy.Deployed;
import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.FolderReport;
import dev.pawl.service.deploy.HistoryEntry;
import dev.pawl.service.deploy.Impact;
import dev.pawl.service.deploy.RollOut;
import dev.pawl.service.deploy.SyncReport;
import dev.pawl.service.job.JobMove;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Deployments and changes of module bundles on the wire. */
public final class DeploymentJson {

    private static final AnswerShape<Deployment.ModuleIdentity> IDENTITY = AnswerShape.<Deployment.ModuleIdentity>of(
                    "ModuleIdentity", "A module of a bundle.")
            .field("id", TEXT, Deployment.ModuleIdentity::id, "The module's id.")
            .field("name", TEXT, Deployment.ModuleIdentity::name, "The module's name, for people.");

    /** A version of a bundle. */
    static final AnswerShape<Deployment> VERSION = AnswerShape.<Deployment>of("Deployment", "A version of a bundle.")
            .field("bundle", TEXT, Deployment::bundle, "The symbolic name of the bundle.")
            .field("version", TEXT, Deployment::version, "The version.")
            .field("sha256", TEXT, Deployment::sha256, "The digest of its jar, in hexadecimal digits.")
            .field("modules", listOf(IDENTITY), Deployment::modules, "Its modules.")
            .field(
                    "origin",
                    words(Deployment.Origin.values()),
                    Deployment::origin,
                    "The way by which it was installed.")
            .nullable("source", TEXT, Deployment::source, "Where its jar came from, when known.")
            .field("enabled", FLAG, Deployment::enabled, "Whether it is to run.")
            .field("installed_at", TIME, Deployment::installedAt, "When it was installed.")
            .field("installed_by", TEXT, Deployment::installedBy, "Who installed it.")
            .nullable("signer", TEXT, Deployment::signer, "The signer of its jar, when signatures are checked.");

    private static final AnswerShape<JobMove> MOVE = AnswerShape.<JobMove>of("JobMove", "What a change did to a job.")
            .field("job_id", ID, JobMove::job, "The job's id.")
            .field("outcome", words(JobMove.Outcome.values()), JobMove::outcome, "What happened to it.")
            .nullable("server", TEXT, JobMove::server, "Where it runs, in a forecast for several servers.");

    private static final AnswerShape<Impact.Affected> AFFECTED = AnswerShape.<Impact.Affected>of(
                    "AffectedBundle", "Another bundle that a change affects.")
            .field("bundle", TEXT, Impact.Affected::bundle, "The symbolic name of the bundle.")
            .field("why", TEXT, Impact.Affected::why, "The reason why it is affected.");

    private static final AnswerShape<Impact.ProvidedCapability> CAPABILITY = AnswerShape.<Impact.ProvidedCapability>of(
                    "ProvidedCapability", "A capability that a bundle provides to others.")
            .field("kind", words(Impact.Kind.values()), Impact.ProvidedCapability::kind, "Its kind.")
            .field("name", TEXT, Impact.ProvidedCapability::name, "Its name.");

    private static final AnswerShape<Impact> IMPACT = AnswerShape.<Impact>of(
                    "Impact", "The effects of a change on other bundles and on jobs.")
            .field(
                    "touched",
                    listOf(TEXT),
                    Impact::touched,
                    "The bundles that are restarted because they use its packages.")
            .field("affected", listOf(AFFECTED), Impact::affected, "Other bundles that are affected without a restart.")
            .field(
                    "waiting",
                    listOf(ID),
                    Impact::waiting,
                    "Jobs that will wait for a module that the change removes, newest first.")
            .field("appears", listOf(CAPABILITY), Impact::appears, "The capabilities that the bundle gains.")
            .field("vanishes", listOf(CAPABILITY), Impact::vanishes, "The capabilities that the bundle loses.");

    /** The result of a change. {@code id} and {@code name} are those of the bundle's first module. */
    public static final AnswerShape<Deployed> CHANGE = AnswerShape.<Deployed>of(
                    "DeploymentChange", "The result of a change to a bundle, or its forecast in a dry run.")
            .field("change", words(Deployed.Change.values()), Deployed::change, "The kind of change.")
            .nullable("id", TEXT, DeploymentJson::firstId, "The id of the first module.")
            .nullable("name", TEXT, DeploymentJson::firstName, "That module's name.")
            .all(VERSION, Deployed::deployment)
            .nullable("former_version", TEXT, Deployed::formerVersion, "The previous version.")
            .field("jobs", listOf(MOVE), Deployed::jobs, "What happened to the running jobs.")
            .all(IMPACT, Deployed::impact);

    /** The result of a removal, which older clients look for under other names too. */
    public static final AnswerShape<Uninstalled> UNINSTALLED = AnswerShape.<Uninstalled>of(
                    "Uninstallation", "The result of a bundle's removal, or its forecast in a dry run.")
            .field("status", word("uninstalled"), gone -> "uninstalled", "Always uninstalled.")
            .field("module_id", TEXT, Uninstalled::module, "The module that was named.")
            .all(CHANGE, Uninstalled::deployed);

    private static final AnswerShape<HistoryEntry> ENTRY = AnswerShape.<HistoryEntry>of(
                    "HistoryEntry", "A change to a bundle that was made or attempted.")
            .field("at", TIME, HistoryEntry::at, "When it ended.")
            .field("by", TEXT, HistoryEntry::by, "Who did it.")
            .field("bundle", TEXT, HistoryEntry::bundle, "The symbolic name of the bundle.")
            .field("modules", listOf(TEXT), HistoryEntry::modules, "Its modules.")
            .field("action", words(HistoryEntry.Action.values()), HistoryEntry::action, "The kind of change.")
            .nullable("from", TEXT, HistoryEntry::from, "The previous version, if there was one.")
            .nullable("to", TEXT, HistoryEntry::to, "The new version, or the one that was attempted.")
            .field("sha256", TEXT, HistoryEntry::sha256, "The digest of the jar.")
            .field("outcome", words(HistoryEntry.Outcome.values()), HistoryEntry::outcome, "How it ended.")
            .field(
                    "detail",
                    TEXT,
                    HistoryEntry::detail,
                    "Why it was refused or failed, or why the server did it by itself.");

    public static final AnswerShape<History> HISTORY = AnswerShape.<History>of(
                    "History", "The changes to a module's bundles, latest first.")
            .field("history", listOf(ENTRY), History::entries, "The entries.")
            .field("limit", INTEGER, History::limit, "The greatest number of entries.");

    static final AnswerShape<FolderReport.Refusal> REFUSAL = AnswerShape.<FolderReport.Refusal>of(
                    "RefusedFile", "A file of the modules folder that was not installed.")
            .field("file", TEXT, FolderReport.Refusal::file, "The file.")
            .field("error", TEXT, FolderReport.Refusal::error, "What was wrong with it.");

    private static final AnswerShape<SyncReport.Synced> FROM_SOURCE = AnswerShape.<SyncReport.Synced>of(
                    "SyncedModule", "A module that a source has.")
            .field(
                    "change",
                    words(Deployed.Change.values()),
                    done -> done.deployed().change(),
                    "The kind of change.")
            .nullable("id", TEXT, done -> firstId(done.deployed()), "The id of the first module.")
            .nullable("name", TEXT, done -> firstName(done.deployed()), "That module's name.")
            .field("version", TEXT, done -> done.deployed().deployment().version(), "The version.")
            .nullable("former_version", TEXT, done -> done.deployed().formerVersion(), "The previous version.")
            .field("source", TEXT, SyncReport.Synced::source, "The address or the folder of the source.")
            .nullable("module_path", TEXT, SyncReport.Synced::path, "The module's folder in a repository.")
            .nullable("commit", TEXT, SyncReport.Synced::commit, "The commit of a repository.");

    private static final AnswerShape<SyncReport.Failure> NOT_SYNCED = AnswerShape.<SyncReport.Failure>of(
                    "FailedSource", "A module that could not be installed.")
            .field("module", TEXT, SyncReport.Failure::module, "Its folder in the repository, or (root).")
            .field("source", TEXT, SyncReport.Failure::source, "The address or the folder of the source.")
            .field("error", TEXT, SyncReport.Failure::error, "What was wrong.");

    /** The outcomes of the modules of {@code modules.yaml}. */
    public static final AnswerShape<SyncReport> SYNCED = AnswerShape.<SyncReport>of(
                    "SyncReport", "What became of each module that modules.yaml names, or would.")
            .field("installed", listOf(FROM_SOURCE), SyncReport::installed, "Modules that were installed or updated.")
            .field("failed", listOf(NOT_SYNCED), SyncReport::failed, "Modules that could not be installed.")
            .field(
                    "skipped",
                    listOf(FROM_SOURCE),
                    SyncReport::skipped,
                    "Modules that are installed as the source has them.");

    private static final AnswerShape<RollOut.Step> STEP = AnswerShape.<RollOut.Step>of(
                    "RollOutStep", "The step of a server in a roll-out.")
            .field("server", TEXT, RollOut.Step::server, "The name of the server.")
            .field("state", words(RollOut.State.values()), RollOut.Step::state, "How far it is.")
            .field(
                    "until",
                    TIME,
                    RollOut.Step::until,
                    "When it must be further; since when it serves, when that is its state.");

    /** A roll-out over servers that share a store. */
    public static final AnswerShape<RollOut> ROLL_OUT = AnswerShape.<RollOut>of(
                    "RollOut", "The roll-out of a version over the servers that share the store.")
            .field("bundle", TEXT, RollOut::bundle, "The symbolic name of the bundle.")
            .field(
                    "state",
                    word("rolling", "held"),
                    live -> live.isHeld() ? "held" : "rolling",
                    "Whether it stays on its first server until it is promoted.")
            .nullable("from", TEXT, DeploymentJson::before, "The version before, if there was one.")
            .field("to", TEXT, live -> live.to().version(), "The version that is rolled out.")
            .field("sha256", TEXT, live -> live.to().sha256(), "The digest of its jar.")
            .field("server", TEXT, RollOut::server, "The server on which it began.")
            .field("started_at", TIME, RollOut::startedAt, "When it began.")
            .field("started_by", TEXT, RollOut::startedBy, "Who began it.")
            .field("steps", listOf(STEP), RollOut::steps, "The servers that have taken it, or are at it.");

    private static @Nullable String before(RollOut live) {
        Deployment from = live.from();
        return from == null ? null : from.version();
    }

    private DeploymentJson() {}

    /**
     * A removal.
     *
     * @param deployed the change
     * @param module the module as it was named in the request
     */
    public record Uninstalled(Deployed deployed, String module) {}

    /**
     * The history of a module's bundles.
     *
     * @param entries latest first
     * @param limit the greatest number of entries
     */
    public record History(List<HistoryEntry> entries, int limit) {}

    private static Optional<Deployment.ModuleIdentity> first(Deployed deployed) {
        return deployed.deployment().modules().stream().findFirst();
    }

    private static @Nullable String firstId(Deployed deployed) {
        return first(deployed).map(Deployment.ModuleIdentity::id).orElse(null);
    }

    private static @Nullable String firstName(Deployed deployed) {
        return first(deployed).map(Deployment.ModuleIdentity::name).orElse(null);
    }

    private static <E extends Enum<E>> AnswerKind<E> words(E[] constants) {
        return word(constants, constant -> constant.name().toLowerCase(Locale.ROOT));
    }
}
