package dev.pawl.notification.mail;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.secret.SecretSeal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.osgi.framework.BundleContext;

/** The operator's settings of the mail server by which notifications are sent. They are read for each mail, so that a new password in a file is in force at once. */
public final class SmtpAccount {

    private static final String PREFIX = "pawl.smtp.";
    private static final String PLACE = "setting PAWL_SMTP_PASSWORD";
    private static final int SMTPS = 465;
    private static final int SUBMISSION = 587;
    private static final int SMTP = 25;

    private final BundleContext context;
    private final SecretSeal seal;

    /** The ways in which the connection is encrypted. */
    enum Tls {
        /** It becomes encrypted before anything is said; a server that cannot is not used. */
        STARTTLS,
        /** It is encrypted from the beginning. */
        TLS,
        /** It is not. */
        NONE
    }

    /** Reads nothing yet. */
    public SmtpAccount(BundleContext context, SecretSeal seal) {
        this.context = context;
        this.seal = seal;
    }

    /** Whether there is a server to send by. */
    public boolean isThere() {
        return !host().isEmpty() && !from().isEmpty();
    }

    String host() {
        return text("host");
    }

    Tls tls() {
        String word = text("tls");
        return word.isEmpty() ? Tls.STARTTLS : Tls.valueOf(word.toUpperCase(Locale.ROOT));
    }

    int port() {
        String port = text("port");
        if (!port.isEmpty()) {
            return Integer.parseInt(port);
        }
        return switch (tls()) {
            case STARTTLS -> SUBMISSION;
            case TLS -> SMTPS;
            case NONE -> SMTP;
        };
    }

    /** The server with its port, for people. */
    String place() {
        return host() + ":" + port();
    }

    /** The name to log in with; empty for no login. */
    String user() {
        return text("user");
    }

    /** The sender's mailbox, with or without a name. */
    String from() {
        return text("from");
    }

    /** The certificate authorities in PEM that are trusted beside those of the JVM; empty for none. */
    String authorities() {
        String file = text("ca");
        return file.isEmpty() ? "" : read(file, "PAWL_SMTP_CA");
    }

    /**
     * The password.
     *
     * @throws ProblemException when it cannot be had; nothing of it is in the message
     */
    String password() {
        String file = text("password.file");
        if (!file.isEmpty()) {
            return read(file, "PAWL_SMTP_PASSWORD_FILE").lines().findFirst().orElse("");
        }
        String given = text("password");
        return given.startsWith("${") ? seal.opened(PLACE, seal.sealed(PLACE, given)) : given;
    }

    private static String read(String file, String setting) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemCode.STORE_UNAVAILABLE, "The file " + file + " of " + setting + " cannot be read.", e);
        }
    }

    private String text(String name) {
        String value = context.getProperty(PREFIX + name);
        return value == null ? "" : value.strip();
    }
}
