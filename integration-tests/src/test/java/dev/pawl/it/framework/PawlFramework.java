package dev.pawl.it.framework;

import dev.pawl.launch.StartLevel;
import dev.pawl.service.catalog.ModuleCatalog;
import dev.pawl.service.deploy.Deployer;
import dev.pawl.service.job.JobQueue;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Scheduler;
import dev.pawl.service.job.Task;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.ServicePackages;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/**
 * The bundles of the distribution in a Felix framework inside the test's JVM, without HTTP, metrics, fetches, callbacks, shell and leak search, which shows that the
 * runtime works without them. {@code dev.pawl.api}, {@code dev.pawl.service} and {@code dev.pawl.launch} come from the test's class path, so
 * that tests can call the services.
 */
final class PawlFramework implements AutoCloseable {

    private static final List<String> LEFT_OUT = List.of(
            "api-bundle",
            "service-bundle",
            "http",
            "console",
            "fetch",
            "metrics",
            "notification",
            "leak",
            "commons",
            "shell",
            "gogo");
    private static final List<String> LEFT_OUT_WITH_SHELL = List.of(
            "api-bundle",
            "service-bundle",
            "http",
            "console",
            "fetch",
            "metrics",
            "notification",
            "leak",
            "commons",
            "gogo.command");
    private final Framework framework;

    private PawlFramework(Framework framework) {
        this.framework = framework;
    }

    /** Starts the framework on a data folder. */
    static PawlFramework start(Path data) throws BundleException, IOException {
        return start(data, LEFT_OUT);
    }

    /** Starts the framework with the shell's commands, which {@link #type} executes. */
    static PawlFramework startWithShell(Path data) throws BundleException, IOException {
        return start(data, LEFT_OUT_WITH_SHELL);
    }

    private static PawlFramework start(Path data, List<String> leftOut) throws BundleException, IOException {
        Map<String, String> properties = new HashMap<>();
        properties.put(Constants.FRAMEWORK_STORAGE, data.resolve("cache").toString());
        properties.put(
                Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                ServicePackages.exported()
                        + ",org.slf4j;version=2.0.20,org.slf4j.event;version=2.0.20,org.slf4j.helpers;version=2.0.20,"
                        + "org.slf4j.spi;version=2.0.20,org.osgi.service.log;version=1.5.0");
        properties.put(Constants.FRAMEWORK_BSNVERSION, Constants.FRAMEWORK_BSNVERSION_MULTIPLE);
        properties.put(
                Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(StartLevel.SERVER)); // as the launcher does
        properties.put("pawl.data.dir", data.toString());
        properties.put("pawl.db.path", data.resolve("pawl.db").toString());
        properties.put("pawl.modules.dir", data.resolve("modules").toString());
        properties.put("pawl.stop.grace", "2s");
        properties.put("pawl.stop.abandon", "1s");
        properties.put("felix.cm.dir", data.resolve("config").toString());
        Framework framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(properties);
        framework.init();
        BundleContext context = framework.getBundleContext();
        context.registerService(InstantSource.class, InstantSource.system(), null);
        List<Bundle> bundles = new ArrayList<>();
        Path distributed = Path.of(System.getProperty("pawl.distribution"), "bundles");
        for (Path folder : List.of(distributed, distributed.resolve("without/pawl.store.url"))) {
            try (Stream<Path> jars = Files.list(folder)) {
                for (Path jar : jars.filter(Files::isRegularFile).sorted().toList()) {
                    if (leftOut.stream().noneMatch(jar.getFileName().toString()::contains)) {
                        bundles.add(context.installBundle(jar.toUri().toString()));
                    }
                }
            }
        }
        framework.start();
        for (Bundle bundle : bundles) {
            if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
                bundle.start();
            }
        }
        return new PawlFramework(framework);
    }

    Scheduler scheduler() {
        return service(Scheduler.class);
    }

    JobQueue queue() {
        return service(JobQueue.class);
    }

    ModuleCatalog catalog() {
        return service(ModuleCatalog.class);
    }

    Deployer deployer() {
        return service(Deployer.class);
    }

    /** Returns the shell's output for a line; uses reflection, since its Gogo is not on this class path. */
    String type(String line) throws ReflectiveOperationException {
        String commands = "org.apache.felix.service.command.";
        Object processor = Eventually.eventuallyFind("the shell", () -> anyOf(commands + "CommandProcessor"));
        ClassLoader gogo = processor.getClass().getClassLoader();
        Class<?> sessionType = gogo.loadClass(commands + "CommandSession");
        OutputStream out = OutputStream.nullOutputStream();
        Object session = gogo.loadClass(commands + "CommandProcessor")
                .getMethod("createSession", InputStream.class, OutputStream.class, OutputStream.class)
                .invoke(processor, InputStream.nullInputStream(), out, out);
        Object result = sessionType.getMethod("execute", CharSequence.class).invoke(session, line);
        String shown = String.valueOf(result);
        sessionType.getMethod("close").invoke(session);
        return shown;
    }

    private Optional<Object> anyOf(String type) {
        try {
            ServiceReference<?>[] references = context().getAllServiceReferences(type, null);
            return Optional.ofNullable(references).map(found -> context().getService(found[0]));
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("The filter is invalid.", e);
        }
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    private <T> T service(Class<T> type) {
        return Eventually.eventuallyFind("the service " + type.getName(), () -> {
            ServiceReference<T> reference = context().getServiceReference(type);
            return Optional.ofNullable(reference).map(context()::getService);
        });
    }

    /** Starts a job of one module; returns its id. */
    String run(String module, Map<String, Object> inputs) {
        return scheduler()
                .start(JobRequest.builder(List.of(new Task(module, inputs))).build())
                .toCompletableFuture()
                .join()
                .id()
                .toString();
    }

    JobStatus status(String job) {
        return scheduler().job(job).job().state().status();
    }

    /** The JSON texts of all results. */
    List<String> results(String job) {
        return scheduler().results(job, 0, 10_000).results().stream()
                .map(result -> result.json())
                .toList();
    }

    @Override
    public void close() throws BundleException {
        framework.stop();
        try {
            FrameworkEvent event = framework.waitForStop(30_000);
            if (event.getType() != FrameworkEvent.STOPPED) {
                throw new IllegalStateException("The framework did not stop: " + event.getType());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the framework stopped", e);
        }
    }
}
