package dev.pawl.deploy;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.pawl.api.catalog.ChangeOptions;
import dev.pawl.api.catalog.InstallOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.launch.Framework;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** A real framework with the component runtime, and a deployer in it. */
final class TestServer {

    static final Path BUNDLES = Path.of("target", "test-bundles");

    /** What the component runtime shares with the tests. */
    static final String COMPONENT_PACKAGES =
            "org.osgi.service.component;version=\"1.5.0\",org.osgi.service.component.runtime;version=\"1.5.0\","
                    + "org.osgi.service.component.runtime.dto;version=\"1.5.0\","
                    + "org.osgi.util.promise;version=\"1.3.0\",org.osgi.util.function;version=\"1.2.0\"";

    private static final String EXPORTED = "dev.pawl.api.module;version=\"1.0.0\"," + COMPONENT_PACKAGES;

    final Framework framework;
    final DeployerService deployer;
    private final Path root;

    /** Starts a server on a folder; its records are those given. */
    TestServer(Path root, MemoryDeployments records) throws BundleException, IOException {
        this(root, records, Map.of());
    }

    /** Starts a server with settings, without records. */
    static TestServer with(Path root, Map<String, String> settings) throws BundleException, IOException {
        return new TestServer(root, new MemoryDeployments(), settings);
    }

    /** Starts a server with settings. */
    TestServer(Path root, MemoryDeployments records, Map<String, String> settings) throws BundleException, IOException {
        this.root = root;
        Files.createDirectories(distribution());
        Map<String, String> properties = new HashMap<>(Map.of(
                Constants.FRAMEWORK_STORAGE,
                root.resolve("cache").toString(),
                Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                EXPORTED,
                Constants.FRAMEWORK_BSNVERSION,
                Constants.FRAMEWORK_BSNVERSION_MULTIPLE,
                Constants.FRAMEWORK_BEGINNING_STARTLEVEL,
                "7",
                "felix.log.level",
                "0",
                "pawl.data.dir",
                root.toString(),
                "pawl.distribution.modules",
                distribution().toString()));
        properties.putAll(settings);
        framework = new FrameworkFactory().newFramework(properties);
        framework.init();
        BundleContext context = framework.getBundleContext();
        context.installBundle(
                        BUNDLES.resolve("org.apache.felix.scr.jar").toUri().toString())
                .start();
        framework.start();
        deployer = new DeployerService(
                context,
                records,
                InstantSource.system(),
                context.getService(context.getServiceReference(ServiceComponentRuntime.class)));
    }

    Bundles bundles() {
        return new Bundles(framework.getBundleContext(), new Patience(Duration.ofSeconds(10)));
    }

    Path modules() {
        return root.resolve("modules");
    }

    Path distribution() {
        return root.resolve("distribution");
    }

    /** How the tests install. */
    static InstallOptions byHand() {
        return InstallOptions.by("test");
    }

    /** How the tests ask what would happen. */
    static InstallOptions dryRun() {
        return InstallOptions.of(ChangeOptions.by("test").dry());
    }

    /** The version of the module that the framework offers now. */
    Optional<String> serving(String module) {
        try {
            var references = framework
                    .getBundleContext()
                    .getAllServiceReferences(
                            dev.pawl.api.module.Module.class.getName(), "(pawl.module.id=" + module + ")");
            return references == null
                    ? Optional.empty()
                    : Arrays.stream(references)
                            .map(reference -> reference.getBundle().getVersion().toString())
                            .reduce((one, other) -> one + " and " + other);
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** What can be seen of all modules: bundles that run or are stopped, and artifacts on disk. */
    Map<String, String> state() {
        Map<String, String> state = new TreeMap<>();
        for (Bundle bundle : framework.getBundleContext().getBundles()) {
            if (Bundles.isOurs(bundle)) {
                state.put(
                        bundle.getLocation() + " " + Bundles.name(bundle),
                        bundle.getState() == Bundle.ACTIVE ? "runs" : "stopped");
            }
        }
        try (Stream<Path> files = Files.list(root.resolve("artifacts"))) {
            files.forEach(file -> state.put(file.getFileName().toString(), "kept"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return state;
    }

    void close() throws Exception {
        deployer.stop();
        framework.stop();
        assertNotNull(framework.waitForStop(10_000));
    }
}
