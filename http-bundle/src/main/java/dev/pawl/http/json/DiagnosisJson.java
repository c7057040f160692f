package dev.pawl.http.json;

import static dev.pawl.http.json.AnswerKinds.FLAG;
import static dev.pawl.http.json.AnswerKinds.ID;
import static dev.pawl.http.json.AnswerKinds.INTEGER;
import static dev.pawl.http.json.AnswerKinds.TEXT;
import static dev.pawl.http.json.AnswerKinds.TIME;
import static dev.pawl.http.json.AnswerKinds.listOf;

import dev.pawl.service.catalog.Leak;
import dev.pawl.service.catalog.ModuleDiagnosis;
import dev.pawl.service.job.JobStatus;
import java.util.Map;

/** How a module does, on the wire. */
final class DiagnosisJson {

    static final AnswerShape<Leak> LEAK = AnswerShape.<Leak>of(
                    "Leak", "A version of a bundle that is gone and still in memory.")
            .field("bundle", TEXT, Leak::bundle, "The symbolic name of the bundle.")
            .field("version", TEXT, Leak::version, "The version.")
            .field("modules", listOf(TEXT), Leak::modules, "Its modules.")
            .field("gone_at", TIME, Leak::goneAt, "When it was replaced or uninstalled.")
            .field("holders", listOf(TEXT), Leak::holders, "What holds it, as far as that is known.");

    private static final AnswerShape<ModuleDiagnosis.Reference> REFERENCE = AnswerShape.<ModuleDiagnosis.Reference>of(
                    "ComponentReference", "A service that a component needs.")
            .field("name", TEXT, ModuleDiagnosis.Reference::name, "The reference's name.")
            .field("service", TEXT, ModuleDiagnosis.Reference::service, "The service's type.")
            .nullable("target", TEXT, ModuleDiagnosis.Reference::target, "The filter that narrows it.")
            .field("satisfied", FLAG, ModuleDiagnosis.Reference::satisfied, "Whether the service is there.");

    private static final AnswerShape<ModuleDiagnosis.Configuration> CONFIGURATION =
            AnswerShape.<ModuleDiagnosis.Configuration>of(
                            "ComponentConfiguration", "A configuration that a component takes.")
                    .field("pid", TEXT, ModuleDiagnosis.Configuration::pid, "Its persistent identity.")
                    .field("required", FLAG, ModuleDiagnosis.Configuration::required, "Whether the component needs it.")
                    .field("present", FLAG, ModuleDiagnosis.Configuration::present, "Whether it is there.");

    private static final AnswerShape<ModuleDiagnosis.Component> COMPONENT = AnswerShape.<ModuleDiagnosis.Component>of(
                    "Component", "The component that a module is.")
            .field("name", TEXT, ModuleDiagnosis.Component::name, "The component's name.")
            .field("state", TEXT, ModuleDiagnosis.Component::state, "Where it stands.")
            .field("references", listOf(REFERENCE), ModuleDiagnosis.Component::references, "The services it needs.")
            .field(
                    "configuration",
                    listOf(CONFIGURATION),
                    ModuleDiagnosis.Component::configuration,
                    "The configurations it takes.")
            .nullable("failure", TEXT, ModuleDiagnosis.Component::failure, "What its start failed by.");

    private static final AnswerShape<ModuleDiagnosis.Retiring> RETIRING = AnswerShape.<ModuleDiagnosis.Retiring>of(
                    "RetiringVersion", "An old version that still runs jobs.")
            .field("version", TEXT, ModuleDiagnosis.Retiring::version, "The version.")
            .field("jobs", listOf(ID), ModuleDiagnosis.Retiring::jobs, "The jobs that it runs.");

    static final AnswerShape<ModuleDiagnosis> DIAGNOSIS = AnswerShape.<ModuleDiagnosis>of(
                    "ModuleDiagnosis", "How a module does.")
            .field("bundle_state", TEXT, ModuleDiagnosis::bundleState, "Where its bundle stands.")
            .nullable("component", COMPONENT, ModuleDiagnosis::component, "The component that it is.")
            .field("jobs", counts(), ModuleDiagnosis::jobs, "How many jobs it has in each status.")
            .field("abandoned_threads", INTEGER, ModuleDiagnosis::abandonedThreads, "Its threads that do not end.")
            .field("retiring", listOf(RETIRING), ModuleDiagnosis::retiring, "Old versions that still run jobs.")
            .field("leaks", listOf(LEAK), ModuleDiagnosis::leaks, "Versions that are gone and still in memory.");

    private DiagnosisJson() {}

    private static AnswerShape<Map<JobStatus, Long>> counts() {
        AnswerShape<Map<JobStatus, Long>> counts = AnswerShape.of("JobCounts", "Numbers of jobs.");
        for (JobStatus status : JobStatus.values()) {
            counts = counts.field(
                    status.wireName(),
                    INTEGER,
                    jobs -> jobs.getOrDefault(status, 0L),
                    "How many are " + status.wireName() + ".");
        }
        return counts;
    }
}
