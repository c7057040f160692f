package dev.pawl.runtime.framework;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.launch.ModuleLocation;
import dev.pawl.launch.StartFailure;
import dev.pawl.runtime.FailingActivator;
import dev.pawl.runtime.RecordingActivator;
import dev.pawl.runtime.TestBundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.felix.framework.Felix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

class BundleRegionsTest {

    private static final String JSON = "com.example.json";
    private static final String RECORDING = "dev/pawl/runtime/RecordingActivator.class";
    private static final String FAILING = "dev/pawl/runtime/FailingActivator.class";

    @TempDir
    private Path folder;

    private Path distribution;
    private Felix framework;

    @BeforeEach
    void makeDistribution() throws Exception {
        distribution = folder.resolve("bundles");
        new TestBundle(JSON)
                .activatedBy(RecordingActivator.class)
                .with("Export-Package", JSON + ";version=2.22,dev.pawl.runtime")
                .with("Provide-Capability", "osgi.extender;osgi.extender=\"osgi.component\",osgi.serviceloader")
                .writeTo(distribution);
        new TestBundle("store")
                .with("Import-Package", JSON + ";version=2,org.example.extra;resolution:=optional")
                .with("DynamicImport-Package", "*")
                .writeTo(distribution);
        new TestBundle("api")
                .with(
                        "Export-Package",
                        "dev.pawl.api.module;version=1,org.osgi.service.cm;version=1.6,org.osgi.service.component"
                                + ";version=1.5,org.osgi.service.component.runtime;version=1.5,org.osgi.util.promise;version=1.3")
                .writeTo(distribution);
        start();
        for (String name : List.of("store", JSON, "api")) {
            framework.getBundleContext().installBundle(location(name));
        }
    }

    @AfterEach
    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(10_000);
    }

    private void start() throws BundleException {
        framework = new Felix(Map.of(
                "org.osgi.framework.storage",
                folder.resolve("cache").toString(),
                "org.osgi.framework.bsnversion",
                "multiple",
                "felix.bootdelegation.implicit",
                "false",
                "org.osgi.framework.system.packages.extra",
                "dev.pawl.launch;version=1.1.0"));
        framework.init();
        BundleRegions regions = new BundleRegions(List.of(location("store"), location(JSON), location("api")));
        framework.getBundleContext().registerService(ResolverHookFactory.class, regions, null);
        framework.start();
    }

    private String location(String name) {
        return "reference:" + distribution.resolve(name + ".jar").toUri();
    }

    private Bundle module(String name, Map<String, String> headers) throws Exception {
        TestBundle bundle = new TestBundle(name);
        headers.forEach(bundle::with);
        bundle.writeTo(folder.resolve("modules"));
        return installModule(name);
    }

    private Bundle installModule(String name) throws Exception {
        return framework
                .getBundleContext()
                .installBundle(
                        ModuleLocation.of(name), Files.newInputStream(folder.resolve("modules/" + name + ".jar")));
    }

    private Bundle bundle(String name) {
        BundleContext context = framework.getBundleContext();
        return List.of(context.getBundles()).stream()
                .filter(bundle -> name.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow();
    }

    private boolean resolves(Bundle bundle) {
        return framework.adapt(FrameworkWiring.class).resolveBundles(List.of(bundle));
    }

    private List<String> providers(Bundle bundle) {
        return bundle.adapt(BundleWiring.class).getRequiredWires(null).stream()
                .map(BundleWire::getProvider)
                .map(provider -> provider.getSymbolicName())
                .distinct()
                .sorted()
                .toList();
    }

    @Test
    void noModuleIsUsedByTheServerAfterARestart() throws Exception {
        module(
                "greedy",
                Map.of(
                        "Export-Package",
                        JSON + ";version=2.99,org.example.extra",
                        "Provide-Capability",
                        "osgi.extender;osgi.extender=\"osgi.component\""));
        stop();
        start();

        assertTrue(resolves(bundle("store")));

        assertEquals(List.of(JSON), providers(bundle("store")));
    }

    @Test
    void noModuleIsUsedByADynamicImportOfTheServer() throws Exception {
        assertTrue(resolves(bundle("store")));
        new TestBundle("greedy")
                .activatedBy(FailingActivator.class)
                .with("Export-Package", "dev.pawl.runtime;version=9")
                .writeTo(folder.resolve("modules"));
        assertTrue(resolves(installModule("greedy")));

        assertNull(bundle("store").getResource(FAILING));
        assertNotNull(bundle("store").getResource(RECORDING));
        assertEquals(List.of(JSON), providers(bundle("store")));
    }

    @Test
    void modulesUseTheApiTheComponentsTheFrameworkAndEachOther() throws Exception {
        module("lender", Map.of("Export-Package", JSON + ".lent"));
        Bundle borrower = module(
                "borrower",
                Map.of(
                        "Import-Package",
                        "org.osgi.framework,javax.sql,dev.pawl.api.module,org.osgi.service.cm,org.osgi.service.component,"
                                + "org.osgi.service.component.runtime,org.osgi.util.promise," + JSON + ".lent",
                        "Require-Capability",
                        "osgi.extender;filter:=\"(osgi.extender=osgi.component)\","
                                + "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=17))\""));

        assertTrue(resolves(borrower));

        assertEquals(List.of("api", JSON, "lender", "org.apache.felix.framework"), providers(borrower));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Import-Package: com.example.json",
                "Import-Package: dev.pawl.launch",
                "Require-Bundle: com.example.json",
                "Fragment-Host: com.example.json",
                "Require-Capability: osgi.serviceloader",
                "Require-Capability: osgi.identity;filter:=\"(osgi.identity=com.example.json)\""
            })
    void whatElseTheServerHasIsNotThereForModules(String header) throws Exception {
        String[] parts = header.split(": ", 2);
        Bundle curious = module("curious", Map.of(parts[0], parts[1]));

        resolves(bundle(JSON)); // the host to which a fragment would be attached
        assertFalse(resolves(curious));
    }

    @Test
    void aModuleThatImportsWhateverThereIsFindsNothingOfTheServers() throws Exception {
        Bundle curious = module("curious", Map.of("DynamicImport-Package", "*"));
        assertTrue(resolves(curious));
        assertTrue(resolves(bundle(JSON)));

        assertNull(curious.getResource(RECORDING));
        assertThrows(ClassNotFoundException.class, () -> curious.loadClass(StartFailure.class.getName()));
        assertEquals(List.of("org.apache.felix.framework"), providers(curious));
    }

    @Test
    void theServerHasTheLaunchersOwnClasses() throws Exception {
        assertTrue(resolves(bundle("store")));

        assertSame(StartFailure.class, bundle("store").loadClass(StartFailure.class.getName()));
    }
}
