package dev.pawl.samples.mail;

import dev.pawl.api.module.AdminOnly;
import dev.pawl.api.module.Bounds;
import dev.pawl.api.module.Default;
import dev.pawl.api.module.Description;
import dev.pawl.api.module.Secret;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server that takes the mails, and the mails that jobs may send.
 *
 * @param host the server
 * @param port its port; that of the kind of encryption when none is given
 * @param tls the encryption; required STARTTLS with a password, STARTTLS where the server has it without one, when none is given
 * @param user the name to log in with; no login without one
 * @param password its password
 * @param certificates a PEM file with the certificates to trust, in place of the JVM's
 * @param from the sender of jobs that name none
 * @param senders addresses and domains that jobs may name as senders; {@code from} alone when there are none
 * @param recipients addresses and domains to which jobs may send; nobody when there are none
 * @param maxRecipients the greatest number of recipients of a mail
 * @param maxMb the greatest size of a mail
 * @param timeout the time that the server has for the connection and for each answer
 * @param attempts the number of attempts when the server cannot be reached or asks to try later
 * @param retryWait the time between two attempts
 * @param root the folder of relative paths of attached files
 */
public record MailSettings(
        @AdminOnly @Description("The SMTP server that takes the mails.") @Nullable
        String host,

        @AdminOnly
        @Description("Its port; by default 465 for tls, 587 with a password, otherwise 25.")
        @Bounds(min = 1, max = 65_535)
        @Nullable
        Integer port,

        @AdminOnly
        @Description(
                "none, starttls or tls; by default starttls, which a server without it may do without only when there is no password.")
        @Nullable
        Tls tls,

        @AdminOnly @Description("The name to log in with; without one there is no login.") @Nullable
        String user,

        @AdminOnly @Secret @Description("The password of the user.") @Nullable
        String password,

        @AdminOnly
        @Description(
                "A PEM file with the certificates to trust, such as a self-signed one; by default those of the JVM.")
        @Nullable
        String certificates,

        @AdminOnly @Description("The sender of mails whose job names none.") @Nullable
        String from,

        @AdminOnly
        @Description("Addresses and domains that jobs may name as senders; by default only the setting from.")
        @Nullable
        List<String> senders,

        @AdminOnly
        @Description(
                "Addresses and domains to which jobs may send: a@example.org, example.org, *.example.org, or * for all; by default nobody.")
        @Nullable
        List<String> recipients,

        @AdminOnly
        @Default("50")
        @Bounds(min = 1, max = 1_000)
        @Description("The greatest number of recipients of a mail.")
        int maxRecipients,

        @AdminOnly
        @Default("25")
        @Bounds(min = 1, max = 1_000)
        @Description("The greatest size of a mail in MB, as it is sent.")
        int maxMb,

        @Default("30s")
        @Description("The time that the server has for the connection and for each answer; 100ms to 10m.")
        Duration timeout,

        @Default("3")
        @Bounds(min = 1, max = 20)
        @Description("The number of attempts when the server cannot be reached or asks to try later.")
        int attempts,

        @Default("30s") @Description("The time between two attempts; at most 1h.")
        Duration retryWait,

        @Description("The folder of relative paths of attached files; without it they must be absolute.") @Nullable
        String root) {

    /** Kinds of encryption. */
    public enum Tls {
        NONE,
        STARTTLS,
        TLS
    }

    /** Whether the server has to encrypt. */
    boolean requiresTls() {
        return tls == null ? user != null : tls != Tls.NONE;
    }

    /** The port that is given, or the usual one. */
    int usedPort() {
        if (port != null) {
            return port;
        }
        if (tls == Tls.TLS) {
            return 465;
        }
        return user == null ? 25 : 587;
    }
}
