package dev.pawl.notification.delivery;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.web.TrustedCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator's settings for requests to receivers. */
public final class ReceiverSettings {

    private static final Logger LOG = LoggerFactory.getLogger(ReceiverSettings.class);

    private static final String HOSTS = "pawl.callback.hosts";
    private static final String ALL_HOSTS = "*";

    private final BundleContext context;

    // guarded by this
    private @Nullable CallbackRules rules;

    /** Reads nothing yet. */
    public ReceiverSettings(BundleContext context) {
        this.context = context;
    }

    /** Reads a setting that is not the default, so that a wrong one is told at the start. */
    public void checkEarly() {
        if (!ALL_HOSTS.equals(context.getProperty(HOSTS))) {
            rules();
        }
    }

    /** The addresses that may be called; none when the setting is not accepted. */
    public synchronized CallbackRules rules() {
        CallbackRules ready = rules;
        if (ready == null) {
            ready = read(context.getProperty(HOSTS));
            rules = ready;
        }
        return ready;
    }

    private static CallbackRules read(@Nullable String hosts) {
        try {
            return CallbackRules.of(hosts == null ? ALL_HOSTS : hosts);
        } catch (IllegalArgumentException e) {
            LOG.error("PAWL_CALLBACK_HOSTS is not accepted, so that nobody is told anything: {}", e.getMessage());
            return CallbackRules.of("");
        }
    }

    /**
     * The certificate authorities that are trusted.
     *
     * @throws IllegalArgumentException when the file is no PEM
     */
    public TrustedCertificates trust() {
        String file = context.getProperty("pawl.callback.ca");
        try {
            return new TrustedCertificates(
                    file == null || file.isBlank() ? "" : Files.readString(Path.of(file.strip())));
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemCode.STORE_UNAVAILABLE, "The file " + file + " of PAWL_CALLBACK_CA cannot be read.", e);
        }
    }
}
