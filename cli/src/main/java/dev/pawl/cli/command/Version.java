package dev.pawl.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of this command, as recorded by the build. */
public final class Version implements IVersionProvider {
    /** The version, such as {@code 0.1.0}. */
    public static String number() throws IOException {
        Properties built = new Properties();
        try (InputStream file = Version.class.getResourceAsStream("version.properties")) {
            built.load(file);
        }
        return built.getProperty("version", "unknown");
    }

    @Override
    public String[] getVersion() throws IOException {
        return new String[] {"pawl " + number()};
    }
}
