package dev.pawl.deploy;

import static dev.pawl.deploy.ModuleJarBuilder.module;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pawl.deploy.bundle.ModuleBundles;
import dev.pawl.deploy.bundle.TimedBundleCalls;
import dev.pawl.launch.StartLevel;
import dev.pawl.service.deploy.ChangeOptions;
import dev.pawl.service.deploy.Deployed;
import dev.pawl.service.deploy.InstallOptions;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.DeploymentStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.launch.Framework;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/**
 * A real framework with the component runtime and a deployer in it, started before each test and stopped after it. Tests restart it as
 * often as they like; the records survive.
 */
public final class TestServer implements BeforeEachCallback, AfterEachCallback {

    static final Path BUNDLES = Path.of("target", "test-bundles");

    /** The packages that the component runtime shares with the tests. */
    static final String COMPONENT_PACKAGES =
            "org.osgi.service.component;version=\"1.5.0\",org.osgi.service.component.runtime;version=\"1.5.0\","
                    + "org.osgi.service.component.runtime.dto;version=\"1.5.0\","
                    + "org.osgi.util.promise;version=\"1.3.0\",org.osgi.util.function;version=\"1.2.0\"";

    private static final String EXPORTED = "dev.pawl.api.module;version=\"1.1.0\"," + COMPONENT_PACKAGES;

    final MemoryDeployments records;
    private final DeploymentStore store;
    Framework framework;
    public DeployerService deployer;

    private final Supplier<Path> data;
    private final Map<String, String> settings;

    /** @param data supplies the data folder; called once JUnit has created the folder's parent */
    public TestServer(Supplier<Path> data) {
        this(data, Map.of());
    }

    /** Creates a server with settings. */
    public TestServer(Supplier<Path> data, Map<String, String> settings) {
        this(data, new MemoryDeployments(), settings);
    }

    private TestServer(Supplier<Path> data, MemoryDeployments records, Map<String, String> settings) {
        this(data, records, records, settings);
    }

    private TestServer(
            Supplier<Path> data, MemoryDeployments records, DeploymentStore store, Map<String, String> settings) {
        this.data = data;
        this.records = records;
        this.store = store;
        this.settings = settings;
    }

    /** Starts a server at once, with these records; the caller closes it. */
    public TestServer(Path data, MemoryDeployments records) throws BundleException, IOException {
        this(() -> data, records, Map.of());
        start();
    }

    /** Starts a server at once that shares records with others; the caller closes it. */
    TestServer(Path data, MemoryCluster cluster, Map<String, String> settings) throws BundleException, IOException {
        this(() -> data, cluster.records, cluster.store(data.getFileName().toString()), settings);
        start();
    }

    /** Starts a server at once, with settings; the caller closes it. */
    static TestServer with(Path data, Map<String, String> settings) throws BundleException, IOException {
        TestServer server = new TestServer(() -> data, settings);
        server.start();
        return server;
    }

    @Override
    public void beforeEach(ExtensionContext test) throws Exception {
        start();
    }

    @Override
    public void afterEach(ExtensionContext test) throws Exception {
        close();
    }

    public void start() throws BundleException, IOException {
        start(settings);
    }

    /** Starts it with other settings, for this start only. */
    public void start(Map<String, String> otherSettings) throws BundleException, IOException {
        Path root = data.get();
        Files.createDirectories(distribution());
        Map<String, String> properties = new HashMap<>(Map.of(
                Constants.FRAMEWORK_STORAGE,
                root.resolve("cache").toString(),
                Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                EXPORTED,
                Constants.FRAMEWORK_BSNVERSION,
                Constants.FRAMEWORK_BSNVERSION_MULTIPLE,
                Constants.FRAMEWORK_BEGINNING_STARTLEVEL,
                Integer.toString(StartLevel.SERVER),
                "felix.log.level",
                "0",
                "pawl.data.dir",
                root.toString(),
                "pawl.distribution.modules",
                distribution().toString(),
                "pawl.roll.out.proving",
                "1s"));
        properties.putAll(otherSettings);
        framework = new FrameworkFactory().newFramework(properties);
        framework.init();
        BundleContext context = framework.getBundleContext();
        context.installBundle(
                        BUNDLES.resolve("org.apache.felix.scr.jar").toUri().toString())
                .start();
        framework.start();
        deployer = new DeployerService(
                context,
                store,
                InstantSource.system(),
                context.getService(context.getServiceReference(ServiceComponentRuntime.class)));
    }

    public ModuleBundles bundles() {
        return new ModuleBundles(framework.getBundleContext(), new TimedBundleCalls(Duration.ofSeconds(10)));
    }

    public Path modules() {
        return data.get().resolve("modules");
    }

    public Path distribution() {
        return data.get().resolve("distribution");
    }

    /** The install options of the tests. */
    public static InstallOptions byHand() {
        return InstallOptions.by("test");
    }

    /** The options of the tests for a dry run. */
    public static InstallOptions dryRun() {
        return InstallOptions.of(ChangeOptions.by("test").dry());
    }

    /** A jar of a module, next to the data folder. */
    public Path jar(String id, String version) {
        Path jar = data.get().resolveSibling(id + "-" + version + ".jar");
        return Files.exists(jar)
                ? jar
                : module(id).version(version).write(jar); // a jar written later would contain other timestamps
    }

    /** Installs a version of the module {@code alpha}. */
    public Deployed install(String version) {
        return install("alpha", version);
    }

    public Deployed install(String id, String version) {
        return deployer.install(jar(id, version), byHand());
    }

    /** Moves a jar into the modules folder in one atomic step. */
    public Path drop(ModuleJarBuilder jar, String name) throws IOException {
        Path written = jar.write(data.get().resolveSibling("being-written"));
        return Files.move(written, modules().resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** The problem with which the installation of a jar is refused. */
    public ProblemException refusal(Path jar) {
        return assertThrows(ProblemException.class, () -> deployer.install(jar, byHand()));
    }

    /** The version of the module that the framework offers now. */
    public Optional<String> serving(String module) {
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

    /** The visible state of all modules: running and stopped bundles, and artifacts on disk. */
    Map<String, String> state() {
        Map<String, String> state = new TreeMap<>();
        for (Bundle bundle : framework.getBundleContext().getBundles()) {
            if (ModuleBundles.isOurs(bundle)) {
                state.put(
                        bundle.getLocation() + " " + ModuleBundles.name(bundle),
                        bundle.getState() == Bundle.ACTIVE ? "runs" : "stopped");
            }
        }
        try (Stream<Path> files = Files.list(data.get().resolve("artifacts"))) {
            files.forEach(file -> state.put(file.getFileName().toString(), "kept"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return state;
    }

    public void restart() throws Exception {
        close();
        start();
    }

    public void close() throws Exception {
        deployer.stop();
        framework.stop();
        assertNotNull(framework.waitForStop(10_000));
    }
}
