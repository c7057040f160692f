package dev.pawl.deploy;

import static dev.pawl.deploy.ModuleJarBuilder.module;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.Module;
import dev.pawl.deploy.bundle.ModuleBundles;
import dev.pawl.launch.StartLevel;
import dev.pawl.service.deploy.ChangeOptions;
import dev.pawl.service.deploy.Deployed.Change;
import dev.pawl.service.deploy.Deployer;
import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.InstallOptions;
import dev.pawl.service.job.ModuleDrain;
import dev.pawl.service.store.DeploymentStore;
import dev.pawl.testkit.ServicePackages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;

/** The bundle as it was built, started by the framework at its start level. */
final class DeployBundleIT {

    private static final String EXPORTED =
            ServicePackages.exported() + ",org.slf4j;version=\"2.0.0\"," + TestServer.COMPONENT_PACKAGES
                    + ",com.fasterxml.jackson.core;com.fasterxml.jackson.core.type;com.fasterxml.jackson.databind;"
                    + "com.fasterxml.jackson.databind.cfg;com.fasterxml.jackson.databind.json;version=\"2.22.0\"";

    private static final String FREE = "test.free";

    @TempDir
    Path folder;

    private final MemoryDeployments records = new MemoryDeployments();
    private Framework framework;

    @BeforeEach
    void makeFolders() throws Exception {
        System.clearProperty(FREE);
        Files.createDirectories(folder.resolve("distribution"));
    }

    @AfterEach
    void stop() throws Exception {
        System.setProperty(FREE, "true");
        framework.stop();
        assertNotNull(framework.waitForStop(10_000));
    }

    private void start() throws Exception {
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        folder.resolve("cache").toString(),
                        Constants.FRAMEWORK_STORAGE_CLEAN,
                        Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT,
                        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                        EXPORTED,
                        Constants.FRAMEWORK_BSNVERSION,
                        Constants.FRAMEWORK_BSNVERSION_MULTIPLE,
                        Constants.FRAMEWORK_BEGINNING_STARTLEVEL,
                        Integer.toString(StartLevel.SERVER),
                        "felix.log.level",
                        "0",
                        "pawl.data.dir",
                        folder.resolve("data").toString(),
                        "pawl.distribution.modules",
                        folder.resolve("distribution").toString(),
                        "pawl.activation.timeout",
                        "1s"));
        framework.init();
        BundleContext context = framework.getBundleContext();
        context.registerService(InstantSource.class, InstantSource.system(), null);
        context.registerService(DeploymentStore.class, records, null);
        install(TestServer.BUNDLES.resolve("org.apache.felix.scr.jar"), StartLevel.FIRST);
        install(Path.of(System.getProperty("pawl.test.jar")), StartLevel.DEPLOYER);
        framework.start();
    }

    private void install(Path jar, int startLevel) throws Exception {
        Bundle bundle = framework.getBundleContext().installBundle(jar.toUri().toString());
        bundle.adapt(BundleStartLevel.class).setStartLevel(startLevel);
        bundle.start();
    }

    private void ship(ModuleJarBuilder jar) {
        jar.write(folder.resolve("distribution/alpha.jar"));
    }

    private Bundle bundle(String symbolicName) {
        return Arrays.stream(framework.getBundleContext().getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow();
    }

    private Deployer deployer() {
        BundleContext context = framework.getBundleContext();
        return context.getService(context.getServiceReference(Deployer.class));
    }

    private List<String> serving() throws Exception {
        var references = framework.getBundleContext().getAllServiceReferences(Module.class.getName(), null);
        return references == null
                ? List.of()
                : Arrays.stream(references)
                        .map(reference -> ModuleBundles.name(reference.getBundle()))
                        .toList();
    }

    @Test
    void theDistributionsModulesServeWhenTheFrameworkHasStarted() throws Exception {
        ship(module("alpha"));

        start();

        assertEquals(List.of("test.alpha 1.0.0"), serving());
    }

    @Test
    void aVersionThatFailsItsFirstStartMakesRoomForTheOneBefore() throws Exception {
        ship(module("alpha"));
        start();
        stop();
        ship(module("alpha").version("2.0.0").failingActivator());

        start();

        eventually(() -> {
            assertEquals(List.of("test.alpha 1.0.0"), serving());
            assertEquals(
                    List.of("1.0.0"),
                    records.current().stream().map(Deployment::version).toList());
        });
    }

    @Test
    void bundlesThatHangAreGivenUpTogetherAndTheOthersServe() throws Exception {
        int hanging = 12; // many enough that waiting for each in turn takes longer than a busy machine needs
        for (int n = 0; n < hanging; n++) {
            String name = "hanging" + n;
            module(name).stubbornActivator().write(folder.resolve("distribution/" + name + ".jar"));
        }
        module("e").write(folder.resolve("distribution/e.jar"));
        long began = System.nanoTime();

        start();

        long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        assertEquals(List.of("test.e 1.0.0"), serving());
        assertTrue(tookMs < hanging * 2_500L, tookMs + " ms, as long as waiting for each in turn");
        assertEquals(Framework.ACTIVE, framework.getState());
    }

    @Test
    void aVersionThatHangsAtItsFirstStartMakesRoomForTheOneBefore() throws Exception {
        ship(module("alpha"));
        start();
        stop();
        System.clearProperty(FREE);
        ship(module("alpha").version("2.0.0").stubbornActivator());

        start();

        eventually(() -> assertEquals(List.of("test.alpha 1.0.0"), serving()));
    }

    @Test
    void modulesStopWithTheServerEvenWhenOneHangs() throws Exception {
        ship(module("alpha"));
        module("beta").neverStopping().write(folder.resolve("distribution/beta.jar"));
        start();
        Bundle alpha = bundle("test.alpha");

        framework.stop();

        eventually(() -> assertEquals(Bundle.RESOLVED, alpha.getState()));
        eventually(() ->
                assertEquals(Bundle.RESOLVED, bundle("dev.pawl.deploy-bundle").getState()));
        assertEquals(Bundle.STOPPING, bundle("test.beta").getState());
    }

    @Test
    void aSchedulerThatComesLaterIsAskedToDrain() throws Exception {
        start();
        RecordingScheduler scheduler = new RecordingScheduler();
        Path first = module("alpha").write(folder.resolve("1.jar"));
        Path second = module("alpha").version("2.0.0").write(folder.resolve("2.jar"));
        deployer().install(first, InstallOptions.by("test"));

        var registration = framework.getBundleContext().registerService(ModuleDrain.class, scheduler, null);
        assertEquals(
                Change.UPDATED,
                deployer().install(second, InstallOptions.by("test")).change());
        registration.unregister();
        deployer().rollback("alpha", null, ChangeOptions.by("test"));

        assertEquals(List.of("drain [alpha]", "release [alpha]"), scheduler.calls);
    }
}
