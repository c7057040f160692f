package dev.pawl.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Records when its bundle starts and stops. */
public final class RecordingActivator implements BundleActivator {

    @Override
    public void start(BundleContext context) throws IOException {
        record(context, "+");
    }

    @Override
    public void stop(BundleContext context) throws IOException {
        record(context, "-");
    }

    private static void record(BundleContext context, String what) throws IOException {
        Files.writeString(
                Path.of(context.getProperty("pawl.data.dir"), "order"),
                what + context.getBundle().getSymbolicName() + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
