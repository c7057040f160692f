package dev.pawl.scheduler;

import dev.pawl.base.duration.DurationText;
import dev.pawl.scheduler.files.FileRoots;
import dev.pawl.scheduler.files.ReservedPlaces;
import dev.pawl.scheduler.run.RunLimits;
import dev.pawl.scheduler.secret.KeyFile;
import dev.pawl.scheduler.secret.KeyPlaces;
import dev.pawl.scheduler.secret.ReferenceBounds;
import dev.pawl.scheduler.secret.StoredSecrets;
import dev.pawl.scheduler.secret.Vault;
import dev.pawl.service.store.SecretStore;
import dev.pawl.service.worker.Workers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the scheduler.
 *
 * @param slots number of jobs that run at once, 1 to 100,000
 * @param limits longest times that runs are waited for
 * @param dataDir folder of what this server keeps
 * @param workDir folder of the work folders
 * @param keys files of the keys
 * @param version of the product
 * @param fileRoots the folders whose files tasks may reach, unless their module has roots of its own
 * @param reserved places to which no root leads
 * @param clientExpiry time for which an external worker may be silent before it loses its job
 * @param mostArtifactBytes greatest size of the artifacts of all jobs together
 * @param jobReferences variables and files that secret values of jobs may refer to
 */
record SchedulerSettings(
        int slots,
        RunLimits limits,
        Path dataDir,
        Path workDir,
        KeyPlaces keys,
        List<Path> fileRoots,
        ReservedPlaces reserved,
        String version,
        Duration clientExpiry,
        long mostArtifactBytes,
        ReferenceBounds jobReferences) {

    static final int MOST_SLOTS = 100_000;

    private static final String ARTIFACTS_MB = "10240";

    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    /** Settings without file roots, with the default expiry of clients. */
    SchedulerSettings(int slots, RunLimits limits, Path dataDir, String version) {
        this(
                slots,
                limits,
                dataDir,
                dataDir.resolve("work"),
                KeyPlaces.in(dataDir),
                List.of(),
                new ReservedPlaces(List.of(dataDir), dataDir.resolve("pawl.db")),
                version,
                Workers.EXPIRY,
                Long.parseLong(ARTIFACTS_MB) << 20,
                ReferenceBounds.NOTHING);
    }

    SchedulerSettings {
        if (slots < 1 || slots > MOST_SLOTS) {
            throw new IllegalArgumentException("pawl.workers is " + slots + "; it takes 1 to " + MOST_SLOTS + ".");
        }
    }

    /** The vault with the key of the server, which is awaited while the store has secrets. */
    Vault vault(Supplier<SecretStore> secrets) {
        return new Vault(new KeyFile(keys.secrets(), () -> StoredSecrets.hasSecrets(secrets.get())));
    }

    /** Reads the properties of the framework, with their defaults. */
    static SchedulerSettings of(Function<String, @Nullable String> properties) {
        Path data = Path.of(or(
                properties,
                "pawl.data.dir",
                Path.of(System.getProperty("user.home"), ".pawl").toString()));
        return new SchedulerSettings(
                Integer.parseInt(or(properties, "pawl.workers", "16")),
                new RunLimits(
                        wait(properties, "pawl.stop.grace", "10s"),
                        wait(properties, "pawl.stop.abandon", "5s"),
                        RunLimits.CLEANUP,
                        RunLimits.CONFIRM),
                data,
                Path.of(or(properties, "pawl.work.dir", data.resolve("work").toString())),
                KeyPlaces.of(properties),
                folders("pawl.file.roots", or(properties, "pawl.file.roots", "")),
                ReservedPlaces.of(data, properties, System::getenv),
                or(properties, "pawl.version", "development"),
                wait(properties, "pawl.client.expiry", "30s"),
                Long.parseLong(or(properties, "pawl.artifacts.max.mb", ARTIFACTS_MB)) << 20,
                ReferenceBounds.of(
                        or(properties, "pawl.secret.env", ""),
                        folders("pawl.secret.files", or(properties, "pawl.secret.files", ""))));
    }

    private static List<Path> folders(String name, String text) {
        return FileRoots.parse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        name + " is \"" + text + "\"; it takes absolute folders, separated as in PATH."));
    }

    private static Duration wait(Function<String, @Nullable String> properties, String name, String otherwise) {
        String text = or(properties, name, otherwise);
        return DurationText.parse(text)
                .filter(duration -> duration.compareTo(LONGEST_WAIT) <= 0)
                .orElseThrow(() -> new IllegalArgumentException(name + " is \"" + text + "\"; it takes 0s to 1h."));
    }

    private static String or(Function<String, @Nullable String> properties, String name, String otherwise) {
        String value = properties.apply(name);
        return value == null || value.isBlank() ? otherwise : value.trim();
    }
}
