package dev.pawl.scheduler.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.service.catalog.Leak;
import dev.pawl.service.catalog.LeakSearch;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

class ShownLeaksTest {

    private static final Instant GONE = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path folder;

    private Framework framework;
    private ShownLeaks leaks;

    @BeforeEach
    void start() throws Exception {
        framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(Map.of(Constants.FRAMEWORK_STORAGE, folder.toString(), "felix.log.level", "0"));
        framework.start();
        leaks = new ShownLeaks(framework.getBundleContext(), text -> text.replace("hunter2", "********"));
    }

    @AfterEach
    void stop() throws Exception {
        leaks.close();
        framework.stop();
        framework.waitForStop(10_000);
    }

    private static Leak heldBy(String holder) {
        return new Leak("dev.example.copy", "1.0.0", List.of("copy"), GONE, List.of(holder));
    }

    @Test
    void whereNothingLooksForLeaksThereAreNone() {
        assertEquals(List.of(), leaks.all());
    }

    @Test
    void leaksAreShownWithoutSecretsForAsLongAsSomethingLooksForThem() {
        LeakSearch search = () -> List.of(heldBy("Thread \"hunter2\" is of its class."));
        ServiceRegistration<LeakSearch> found =
                framework.getBundleContext().registerService(LeakSearch.class, search, null);
        assertEquals(List.of(heldBy("Thread \"********\" is of its class.")), leaks.all());

        found.unregister();
        assertEquals(List.of(), leaks.all());
    }
}
