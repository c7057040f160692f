package dev.pawl.runtime;

import dev.pawl.runtime.files.DataFolder;
import dev.pawl.runtime.files.Distribution;
import dev.pawl.runtime.files.UrlFile;
import dev.pawl.runtime.framework.BundleCache;
import dev.pawl.runtime.framework.BundleList;
import dev.pawl.runtime.framework.BundleLookup;
import dev.pawl.runtime.framework.FrameworkEnd;
import dev.pawl.runtime.framework.FrameworkLauncher;
import dev.pawl.runtime.framework.FrameworkProperties;
import dev.pawl.runtime.framework.StartLevels;
import dev.pawl.runtime.framework.StartProblems;
import dev.pawl.runtime.logging.JobLogLink;
import dev.pawl.runtime.logging.LogSetup;
import dev.pawl.runtime.settings.KeyFiles;
import dev.pawl.runtime.settings.ListenAddress;
import dev.pawl.runtime.settings.PathSettings;
import dev.pawl.runtime.settings.Settings;
import dev.pawl.runtime.settings.WorkFolder;
import dev.pawl.runtime.start.HungStartException;
import dev.pawl.runtime.start.StartException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running server: the data folder, the framework and the address file, acquired in this order and released in the reverse. */
final class PawlServer implements AutoCloseable {

    private static final String HTTP = "dev.pawl.http-bundle";

    /** The time limit of the start, long enough for a slow disk; services that will never come are noticed after the settling time. */
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private static final Duration SETTLING_TIME = Duration.ofSeconds(3);

    /** The time limit of the stop, longer than tasks and bundles together may take, so that it ends only a hung stop. */
    private static final Duration STOP_SPARE = Duration.ofSeconds(20);

    private final Logger log = LoggerFactory.getLogger(PawlServer.class);
    private final DataFolder data;
    private final Framework framework;
    private final FrameworkEnd end;
    private final JobLogLink jobLog;
    private final UrlFile urlFile;
    private final Optional<URI> url;
    private final Duration stopLimit;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    private PawlServer(
            DataFolder data,
            Framework framework,
            FrameworkEnd end,
            JobLogLink jobLog,
            UrlFile urlFile,
            Optional<URI> url,
            Duration stopLimit) {
        this.data = data;
        this.framework = framework;
        this.end = end;
        this.jobLog = jobLog;
        this.urlFile = urlFile;
        this.url = url;
        this.stopLimit = stopLimit;
    }

    /**
     * Starts a server on a data folder that the caller has opened. When it cannot start, the folder is closed and nothing is left running,
     * except after a {@link HungStartException}.
     *
     * @param log the configuration of the log, which is awaited before any bundle starts
     * @param advertised whether the file {@code server.url} is written, by which clients of this machine find it
     */
    static PawlServer start(
            Settings settings, Distribution distribution, DataFolder data, LogSetup log, boolean advertised)
            throws StartException, InterruptedException {
        Framework framework = null;
        FrameworkEnd end = null;
        try {
            PathSettings.of(settings).check();
            KeyFiles.of(settings).check();
            WorkFolder.of(settings).check();
            new ListenAddress(settings.text(Settings.HOST), settings.number(Settings.PORT)).check();
            BundleList bundles = BundleList.of(distribution.bundles(), settings::isSet);
            StartLevels levels = StartLevels.read(distribution.etc().resolve("start-levels.properties"));
            BundleCache cache = new BundleCache(
                    data.cache(),
                    String.join("\n", distribution.version(), levels.fingerprint(), bundles.fingerprint()));
            framework = new FrameworkLauncher(
                            FrameworkProperties.of(settings, distribution, data, cache), bundles, levels, cache)
                    .launch(InstantSource.system(), log);
            end = FrameworkEnd.of(framework);
            JobLogLink jobLog = JobLogLink.open(framework.getBundleContext());
            Optional<URI> url = url(framework, data);
            UrlFile urlFile = new UrlFile(data.urlFile());
            if (advertised && url.isPresent()) {
                urlFile.write(url.get());
            }
            Duration stopLimit = settings.time("pawl.stop.grace")
                    .plus(settings.time("pawl.stop.abandon"))
                    .plus(settings.time("pawl.activation.timeout"))
                    .plus(STOP_SPARE);
            return new PawlServer(data, framework, end, jobLog, urlFile, url, stopLimit);
        } catch (StartException | InterruptedException | RuntimeException failed) {
            if (framework != null && end != null) {
                stop(framework, end, STOP_SPARE);
            }
            if (!(failed instanceof HungStartException)) { // a hung start still writes until the process ends
                data.close();
            }
            throw failed;
        }
    }

    /** The base URL; empty when the distribution has no HTTP bundle. */
    Optional<URI> url() {
        return url;
    }

    Framework framework() {
        return framework;
    }

    /** Waits until it is closed, or stopped from its shell, but no longer than a time lasts; returns whether it is. */
    boolean awaitStop(Duration most) throws InterruptedException {
        if (!end.await(most)) {
            return false;
        }
        close();
        closed.await();
        return true;
    }

    /** Stops it cleanly; waits for a stop that is already in progress. */
    @Override
    public void close() {
        if (closing.getAndSet(true)) {
            awaitClosed();
            return;
        }
        log.info("Stopping.");
        urlFile.delete().ifPresent(stuck -> log.warn("The file {} could not be deleted.", urlFile.path(), stuck));
        boolean stopped = stop(framework, end, stopLimit);
        jobLog.close();
        data.close();
        if (stopped) {
            log.info("Stopped.");
        } else {
            log.error("Not everything stopped within {} s; jobs resume from their checkpoints.", stopLimit.toSeconds());
        }
        closed.countDown();
    }

    private void awaitClosed() {
        try {
            closed.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Optional<URI> url(Framework framework, DataFolder data) throws StartException, InterruptedException {
        StartProblems problems = new StartProblems(framework.getBundleContext());
        List<String> stuck = problems.bundles();
        if (!stuck.isEmpty()) {
            throw doesNotStart(stuck, data);
        }
        if (BundleLookup.find(framework.getBundleContext(), HTTP).isEmpty()) {
            return Optional.empty();
        }
        try (ServerUrl server = new ServerUrl(framework.getBundleContext())) {
            Optional<URI> url = server.await(SETTLING_TIME);
            if (url.isEmpty() && problems.components().isEmpty()) {
                url = server.await(START_LIMIT);
            }
            if (url.isPresent()) {
                return url;
            }
        }
        List<String> reasons = problems.components();
        throw doesNotStart(
                reasons.isEmpty()
                        ? List.of("It does not answer requests within " + START_LIMIT.toSeconds() + " s.")
                        : reasons,
                data);
    }

    private static StartException doesNotStart(List<String> reasons, DataFolder data) {
        return new StartException("The server does not start.\n" + String.join("\n", reasons) + "\nThe log has more: "
                + data.logs().resolve("pawl.log"));
    }

    private static boolean stop(Framework framework, FrameworkEnd end, Duration atMost) {
        try {
            framework.stop();
            return end.await(atMost);
        } catch (BundleException refused) {
            LoggerFactory.getLogger(PawlServer.class).error("The framework refuses to stop.", refused);
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
