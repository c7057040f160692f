package dev.pawl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.felix.framework.Felix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

class BesideStartTest {

    private static final String BESIDE = "org.example.beside";

    @TempDir
    Path folder;

    private final CountDownLatch resolving = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private Felix framework;

    @BeforeEach
    void makeAFramework() throws BundleException {
        framework = new Felix(
                Map.of("org.osgi.framework.storage", folder.resolve("cache").toString()));
        framework.init();
    }

    @AfterEach
    void stopIt() throws Exception {
        goOn.countDown();
        framework.stop();
        framework.waitForStop(10_000);
    }

    @Test
    void aStartThatTheFrameworkTurnsAwayIsTriedAgain() throws Exception {
        BundleContext context = framework.getBundleContext();
        Bundle beside = install(BESIDE);
        Bundle other = install("org.example.other");
        BesideStart start = BesideStart.of(context, new StartLevels(Map.of(), Set.of(BESIDE)));
        framework.start();
        context.registerService(ResolverHookFactory.class, triggers -> new Holding(triggers, other), null);
        Thread lockOwner =
                new Thread(() -> framework.adapt(FrameworkWiring.class).resolveBundles(List.of(other)));
        lockOwner.start();
        assertTrue(resolving.await(10, TimeUnit.SECONDS));
        Thread waiting = new Thread(() -> await(start));
        waiting.start();

        waitingForTheFramework().interrupt(); // as the framework does then
        goOn.countDown();
        waiting.join();

        assertEquals(Bundle.ACTIVE, beside.getState());
    }

    private Bundle install(String name) throws IOException, BundleException {
        new TestBundle(name).writeTo(folder);
        return framework
                .getBundleContext()
                .installBundle(folder.resolve(name + ".jar").toUri().toString());
    }

    private static void await(BesideStart start) {
        try {
            start.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The thread that starts the bundle, once it waits for the lock of the framework. */
    private static Thread waitingForTheFramework() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (System.nanoTime() < end) {
            for (Map.Entry<Thread, StackTraceElement[]> one :
                    Thread.getAllStackTraces().entrySet()) {
                if (one.getKey().getName().equals("pawl-start-" + BESIDE)
                        && List.of(one.getValue()).toString().contains("acquireBundleLock")) {
                    return one.getKey();
                }
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        throw new IllegalStateException("Nothing waits for the framework.");
    }

    /** Holds up whoever resolves the bundle, and with it whoever else would resolve anything. */
    private final class Holding implements ResolverHook {

        Holding(Collection<BundleRevision> triggers, Bundle held) {
            if (triggers.stream().anyMatch(revision -> revision.getBundle().equals(held))) {
                resolving.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        @Override
        public void filterResolvable(Collection<BundleRevision> candidates) {
            // All may resolve.
        }

        @Override
        public void filterSingletonCollisions(
                BundleCapability singleton, Collection<BundleCapability> collisionCandidates) {
            // None collide.
        }

        @Override
        public void filterMatches(BundleRequirement requirement, Collection<BundleCapability> candidates) {
            // All match.
        }

        @Override
        public void end() {
            // Nothing was begun.
        }
    }
}
