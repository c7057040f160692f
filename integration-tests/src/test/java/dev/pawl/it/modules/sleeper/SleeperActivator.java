package dev.pawl.it.modules.sleeper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Hangs while a file such as {@code sleep-at-stop} is in the data folder; {@code spin-at-stop} makes it ignore interrupts, too. */
public final class SleeperActivator implements BundleActivator {

    @Override
    public void start(BundleContext context) throws InterruptedException, IOException {
        hang(context, "start");
    }

    @Override
    public void stop(BundleContext context) throws InterruptedException, IOException {
        hang(context, "stop");
    }

    static void hang(BundleContext context, String when) throws InterruptedException, IOException {
        Path data = Path.of(context.getProperty("pawl.data.dir"));
        while (Files.exists(data.resolve("sleep-at-" + when))) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        if (Files.exists(data.resolve("spin-at-" + when))) {
            Files.writeString(data.resolve("hangs-at-" + when), "");
        }
        while (Files.exists(data.resolve("spin-at-" + when))) {
            Thread.interrupted();
            LockSupport.parkNanos(1_000_000);
        }
    }
}
