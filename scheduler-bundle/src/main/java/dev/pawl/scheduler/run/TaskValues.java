package dev.pawl.scheduler.run;

import dev.pawl.scheduler.catalog.ModuleSettings;
import dev.pawl.scheduler.catalog.ModuleVersion;
import dev.pawl.scheduler.schema.SecretForms;
import dev.pawl.scheduler.schema.Secrets;
import dev.pawl.scheduler.secret.TaskSecrets;
import dev.pawl.service.job.Job;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values that one task works with.
 *
 * @param inputs as its module takes them
 * @param settings the defaults, overridden by the configured settings, and those by the settings of the job
 * @param secrets the secret texts among them in all their {@linkplain SecretForms forms}, to be hidden everywhere
 */
record TaskValues(Map<String, Object> inputs, Map<String, Object> settings, List<String> secrets) {

    /**
     * Collects the values of a task. A resumed task has the settings that it began with.
     *
     * @throws dev.pawl.scheduler.schema.InvalidValueException when the module does not take them
     * @throws dev.pawl.scheduler.secret.UnreadableSecretException when a secret value cannot be read
     */
    static TaskValues of(Job job, int taskIndex, ModuleVersion version, ModuleSettings source, TaskSecrets secrecy) {
        Map<String, Object> inputs = version.inputs()
                .convert(
                        secrecy.followedOfJob(
                                secrecy.openedInputs(
                                        version.id(),
                                        job.request().tasks().get(taskIndex).inputs()),
                                version.inputs().secretNames()),
                        "an input of " + version.id());
        boolean resumed =
                taskIndex == job.state().taskIndex() && !job.state().settings().isEmpty();
        Map<String, Object> given = new LinkedHashMap<>();
        if (resumed) {
            given.putAll(
                    secrecy.openedSettings(version.settings().own(job.state().settings())));
        } else {
            given.putAll(secrecy.followed(
                    version.settings().configured(source.configured(version.id())),
                    version.settings().secretNames()));
            given.putAll(secrecy.followedOfJob(
                    secrecy.openedSettings(
                            version.settings().overriding(job.request().settings())),
                    version.settings().secretNames()));
        }
        Map<String, Object> settings = version.settings().convert(given, "a setting of " + version.id());
        List<String> secrets = new ArrayList<>(Secrets.texts(version.inputs(), inputs));
        secrets.addAll(Secrets.texts(version.settings(), settings));
        return new TaskValues(inputs, settings, SecretForms.of(secrets));
    }
}
