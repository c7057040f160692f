package dev.pawl.runtime;

import dev.pawl.runtime.framework.BundleLookup;
import dev.pawl.runtime.start.StartException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;

/** The interactive shell on the terminal of this process. Leaving it stops the server. */
record Console(Framework framework) {

    private static final String SHELL = "org.apache.felix.gogo.jline";
    private static final String JLINE = "org.jline";

    /** Whether this process has a terminal; without one a shell would read the end of its input and stop the server. */
    @SuppressWarnings(
            "SystemConsoleNull") // newer JDKs have a console even without a terminal, and a method that distinguishes
    // them
    static boolean hasTerminal() {
        java.io.Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException olderJdk) {
            return true;
        }
    }

    /** Starts the shell's bundle transiently: the next start of the server decides again. */
    void open() throws StartException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try {
            // JLine looks for its terminals by the context class loader; with any other it falls back to a dumb one.
            thread.setContextClassLoader(
                    bundle(JLINE).loadClass("org.jline.terminal.Terminal").getClassLoader());
            bundle(SHELL).start(Bundle.START_TRANSIENT);
        } catch (BundleException | ClassNotFoundException failed) {
            throw new StartException("The console does not open: " + failed.getMessage() + ".", failed);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private Bundle bundle(String symbolicName) throws StartException {
        return BundleLookup.find(framework.getBundleContext(), symbolicName)
                .orElseThrow(() ->
                        new StartException("The console does not open: the distribution does not contain the bundle "
                                + symbolicName + "."));
    }
}
