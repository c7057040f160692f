package dev.pawl.scheduler.run;

import dev.pawl.scheduler.catalog.ModuleSettings;
import dev.pawl.scheduler.catalog.ModuleVersion;
import dev.pawl.scheduler.schema.SecretForms;
import dev.pawl.scheduler.schema.Secrets;
import dev.pawl.scheduler.secret.SecretReference;
import dev.pawl.scheduler.secret.TaskSecrets;
import dev.pawl.service.job.Job;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The values that one task works with.
 *
 * @param inputs as its module takes them
 * @param settings the defaults, overridden by the configured settings, and those by the settings of the job
 * @param kept the same settings as they are kept for a resumption: secret ones that refer to their text are still references
 * @param secrets the secret texts among them in all their {@linkplain SecretForms forms}, to be hidden everywhere
 */
record TaskValues(
        Map<String, Object> inputs, Map<String, Object> settings, Map<String, Object> kept, List<String> secrets) {

    /**
     * Collects the values of a task. A resumed task has the settings that it began with, but follows their references anew.
     *
     * @throws dev.pawl.scheduler.schema.InvalidValueException when the module does not take them
     * @throws dev.pawl.scheduler.secret.UnreadableSecretException when a secret value cannot be read
     */
    static TaskValues of(Job job, int taskIndex, ModuleVersion version, ModuleSettings source, TaskSecrets secrecy) {
        Map<String, Object> inputs = version.inputs()
                .convert(
                        secrecy.followedOfJob(
                                version.id(),
                                secrecy.openedInputs(
                                        version.id(),
                                        job.request().tasks().get(taskIndex).inputs()),
                                version.inputs().secretNames()),
                        "an input of " + version.id());
        Map<String, Object> ofJob = secrecy.openedSettings(
                version.settings().overriding(job.request().settings()));
        boolean resumed =
                taskIndex == job.state().taskIndex() && !job.state().settings().isEmpty();
        Map<String, Object> given = new LinkedHashMap<>();
        if (resumed) {
            given.putAll(
                    secrecy.openedSettings(version.settings().own(job.state().settings())));
        } else {
            given.putAll(version.settings().configured(source.configured(version.id())));
            given.putAll(ofJob);
        }
        Map<String, Object> settings = version.settings()
                .convert(followed(given, ofJob.keySet(), version, secrecy), "a setting of " + version.id());
        List<String> secrets = new ArrayList<>(Secrets.texts(version.inputs(), inputs));
        secrets.addAll(Secrets.texts(version.settings(), settings));
        return new TaskValues(
                inputs, settings, kept(settings, given, version.settings().secretNames()), SecretForms.of(secrets));
    }

    /** The settings with their references followed: as far as the job may, in those that it brings along. */
    private static Map<String, Object> followed(
            Map<String, Object> given, Set<String> ofJob, ModuleVersion version, TaskSecrets secrecy) {
        List<String> secretNames = version.settings().secretNames();
        if (secretNames.isEmpty()) {
            return given;
        }
        Map<String, Object> followed = new LinkedHashMap<>();
        given.forEach((name, value) -> {
            Map<String, Object> one = Map.of(name, value);
            followed.putAll(
                    ofJob.contains(name)
                            ? secrecy.followedOfJob(version.id(), one, secretNames)
                            : secrecy.followed(one, secretNames));
        });
        return followed;
    }

    private static Map<String, Object> kept(
            Map<String, Object> settings, Map<String, Object> given, List<String> secretNames) {
        if (secretNames.isEmpty()) { // as with most modules
            return settings;
        }
        Map<String, Object> references = new LinkedHashMap<>(given);
        references
                .entrySet()
                .removeIf(one -> !secretNames.contains(one.getKey()) || !SecretReference.isOne(one.getValue()));
        if (references.isEmpty()) {
            return settings;
        }
        Map<String, Object> kept = new LinkedHashMap<>(settings);
        kept.putAll(references);
        return kept;
    }
}
