package dev.pawl.leak;

import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoldersTest {

    private static final String LEAKY = LeakyThings.class.getName();

    @TempDir
    Path folder;

    private final ExecutorService pool =
            Executors.newSingleThreadExecutor(work -> new Thread(null, work, "some pool", 0, false));

    @AfterEach
    void endThePool() {
        pool.shutdownNow();
    }

    /** Loads the leaky classes again, as a bundle would. */
    private static final class OwnLoader extends ClassLoader {

        OwnLoader() {
            super(HoldersTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(LEAKY)) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }

        private Class<?> define(String name) {
            try (InputStream file = HoldersTest.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
                byte[] content = file.readAllBytes();
                return defineClass(name, content, 0, content.length);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** The holders that are found after a class loader's code has run and the loader was released. */
    private List<String> holdersAfter(String leak) throws Exception {
        WatchedLoader watched = leak(leak);
        return new Holders(new HeapSearch(folder)).of(watched);
    }

    @SuppressWarnings("unchecked") // as the class declares it
    private WatchedLoader leak(String leak) throws Exception {
        pool.submit(() -> {}).get(); // creates its thread here, since the leaky code must not create it
        ClassLoader loader = new OwnLoader();
        Set<String> names = Set.of(LEAKY, LEAKY + "$OwnDriver", LEAKY + "$OwnHandler", LEAKY + "$Own");
        WatchedLoader watched =
                new WatchedLoader(loader, System.nanoTime(), "test.leaky", "1.0.0", List.of("leaky"), names);
        ((Consumer<ExecutorService>) loader.loadClass(LEAKY).getMethod(leak).invoke(null)).accept(pool);
        return watched;
    }

    private void assertNamed(List<String> holders, String... words) throws IOException {
        String text = String.join("\n", holders);
        assertTrue(Stream.of(words).allMatch(text::contains), text);
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(0, left.count(), "no heap dump is left behind");
        }
    }

    @Test
    void whatNothingHoldsGoes() throws Exception {
        WatchedLoader watched = leak("nothing");
        eventually("it is collected", () -> {
            System.gc();
            return watched.isCollected();
        });
    }

    @Test
    void aThreadIsNamed() throws Exception {
        assertNamed(holdersAfter("thread"), "Thread \"leaky thread\"", "LeakyThings");
    }

    @Test
    void aThreadLocalOfAPoolIsNamedWithItsThread() throws Exception {
        assertNamed(holdersAfter("threadLocal"), "A thread local of thread \"some pool\"", LEAKY + "$Own");
    }

    @Test
    void aShutdownHookIsNamed() throws Exception {
        assertNamed(holdersAfter("shutdownHook"), "A shutdown hook", LEAKY);
    }

    @Test
    void aJdbcDriverIsNamed() throws Exception {
        assertNamed(holdersAfter("driver"), "DriverManager", LEAKY + "$OwnDriver");
        assertEquals(
                0,
                DriverManager.drivers()
                        .filter(driver -> driver.getClass().getName().startsWith(LEAKY))
                        .count(),
                "the test cannot see the driver itself, and it was found all the same");
    }

    @Test
    void aHandlerOfALoggerIsNamed() throws Exception {
        List<String> holders = holdersAfter("handler");
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            if (handler.getClass().getName().startsWith(LEAKY)) {
                root.removeHandler(handler);
            }
        }
        assertNamed(holders, "java.util.logging", LEAKY + "$OwnHandler");
    }

    @Test
    void anMBeanIsNamed() throws Exception {
        List<String> holders = holdersAfter("bean");
        ManagementFactory.getPlatformMBeanServer().unregisterMBean(new ObjectName("leaky:type=Own"));
        assertNamed(holders, "MBean leaky:type=Own");
    }

    @Test
    void aStaticFieldOfAnotherClassIsNamed() throws Exception {
        List<String> holders = holdersAfter("foreignStatic");
        ForeignRegistry.KEPT.clear();
        assertNamed(holders, ForeignRegistry.class.getName() + ".KEPT", LEAKY + "$Own");
    }

    @Test
    void theEndOfAPoolEndsTheLeak() throws Exception {
        WatchedLoader watched = leak("threadLocal");
        pool.shutdown();
        assertTrue(pool.awaitTermination(10, TimeUnit.SECONDS));
        eventually("it is collected", () -> {
            System.gc();
            return watched.isCollected();
        });
    }
}
