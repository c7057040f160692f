package dev.pawl.http.answer;

import static dev.pawl.http.answer.AnswerKinds.FLAG;
import static dev.pawl.http.answer.AnswerKinds.ID;
import static dev.pawl.http.answer.AnswerKinds.INTEGER;
import static dev.pawl.http.answer.AnswerKinds.TEXT;
import static dev.pawl.http.answer.AnswerKinds.TIME;
import static dev.pawl.http.answer.AnswerKinds.listOf;
import static dev.pawl.http.answer.AnswerKinds.word;

import dev.pawl.service.catalog.Leak;
import dev.pawl.service.catalog.LingeringThread;
import dev.pawl.service.catalog.ModuleDiagnosis;

/** Diagnoses of modules on the wire. */
final class DiagnosisJson {

    static final AnswerShape<Leak> LEAK = AnswerShape.<Leak>of(
                    "Leak", "A leaked version: it was removed or replaced and is still in memory.")
            .field("bundle", TEXT, Leak::bundle, "The symbolic name of the bundle.")
            .field("version", TEXT, Leak::version, "The version.")
            .field("modules", listOf(TEXT), Leak::modules, "Its modules.")
            .field("gone_at", TIME, Leak::goneAt, "When it was replaced or uninstalled.")
            .field("holders", listOf(TEXT), Leak::holders, "What keeps it in memory, as far as known.");

    private static final AnswerShape<ModuleDiagnosis.Reference> REFERENCE = AnswerShape.<ModuleDiagnosis.Reference>of(
                    "ComponentReference", "A service that a component needs.")
            .field("name", TEXT, ModuleDiagnosis.Reference::name, "The reference's name.")
            .field("service", TEXT, ModuleDiagnosis.Reference::service, "The service's type.")
            .nullable("target", TEXT, ModuleDiagnosis.Reference::target, "The filter that the service must match.")
            .field(
                    "satisfied",
                    FLAG,
                    ModuleDiagnosis.Reference::satisfied,
                    "Whether enough matching services are registered.");

    private static final AnswerShape<ModuleDiagnosis.Configuration> CONFIGURATION =
            AnswerShape.<ModuleDiagnosis.Configuration>of("ComponentConfiguration", "A configuration of a component.")
                    .field("pid", TEXT, ModuleDiagnosis.Configuration::pid, "Its persistent identity.")
                    .field("required", FLAG, ModuleDiagnosis.Configuration::required, "Whether the component needs it.")
                    .field("present", FLAG, ModuleDiagnosis.Configuration::present, "Whether it exists.");

    private static final AnswerShape<ModuleDiagnosis.Component> COMPONENT = AnswerShape.<ModuleDiagnosis.Component>of(
                    "Component", "The Declarative Services component of a module.")
            .field("name", TEXT, ModuleDiagnosis.Component::name, "The component's name.")
            .field("state", TEXT, ModuleDiagnosis.Component::state, "Its state.")
            .field("references", listOf(REFERENCE), ModuleDiagnosis.Component::references, "The services it needs.")
            .field(
                    "configuration",
                    listOf(CONFIGURATION),
                    ModuleDiagnosis.Component::configuration,
                    "The configurations that it may or must have.")
            .nullable("failure", TEXT, ModuleDiagnosis.Component::failure, "The exception of its failed activation.");

    private static final AnswerShape<ModuleDiagnosis.Retiring> RETIRING = AnswerShape.<ModuleDiagnosis.Retiring>of(
                    "RetiringVersion", "An old version that still runs jobs.")
            .field("version", TEXT, ModuleDiagnosis.Retiring::version, "The version.")
            .field("jobs", listOf(ID), ModuleDiagnosis.Retiring::jobs, "The jobs that it runs.");

    private static final AnswerShape<LingeringThread> THREAD = AnswerShape.<LingeringThread>of(
                    "LingeringThread", "A thread of a module that goes on after its run.")
            .field(
                    "kind",
                    word(LingeringThread.Kind.values(), LingeringThread.Kind::wireName),
                    LingeringThread::kind,
                    "abandoned: its run would not end when it was interrupted. leaked: its run ended without it.")
            .field("name", TEXT, LingeringThread::name, "Its name.")
            .nullable("job_id", ID, LingeringThread::job, "The job that started it; null when that is not known.")
            .field("state", TEXT, LingeringThread::state, "What it does now, such as runnable or waiting.")
            .field(
                    "stack",
                    listOf(TEXT),
                    LingeringThread::stack,
                    "The calls in which it is now, the innermost first; 50 at most.");

    static final AnswerShape<ModuleDiagnosis> DIAGNOSIS = AnswerShape.<ModuleDiagnosis>of(
                    "ModuleDiagnosis", "The condition of a module.")
            .field("bundle_state", TEXT, ModuleDiagnosis::bundleState, "The state of its bundle.")
            .nullable("component", COMPONENT, ModuleDiagnosis::component, "Its component.")
            .field("jobs", TallyJson.COUNTS, ModuleDiagnosis::jobs, "The number of its jobs in each status.")
            .field(
                    "abandoned_threads",
                    INTEGER,
                    ModuleDiagnosis::abandonedThreads,
                    "The number of its abandoned threads.")
            .field(
                    "lingering_threads",
                    listOf(THREAD),
                    ModuleDiagnosis::threads,
                    "Its threads that go on after their runs, 20 at most; only operators see any.")
            .field("retiring", listOf(RETIRING), ModuleDiagnosis::retiring, "Old versions that still run jobs.")
            .field("leaks", listOf(LEAK), ModuleDiagnosis::leaks, "Its leaked versions.");

    private DiagnosisJson() {}
}
