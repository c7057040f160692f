package dev.pawl.samples.mail;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/** Tells from the mail library's exceptions whether another attempt may help, and what the server said. */
final class Failures {

    private static final int TEMPORARY = 4;

    private Failures() {}

    /** The answer behind an error of the network. */
    static Answer answer(IOException e, SmtpServer server) {
        String place = "The server " + server.place() + " ";
        if (e instanceof UnknownHostException) {
            return new Answer.Failed(true, place + "is not known by that name; check the setting host.");
        }
        if (e instanceof SocketTimeoutException) {
            return new Answer.Failed(
                    true,
                    place + "did not answer within "
                            + server.settings().timeout().toMillis() + " ms.");
        }
        if (e instanceof SSLException) {
            return new Answer.Failed(
                    false,
                    isAboutCertificate(e)
                            ? place + "could not be trusted: " + sentence(e)
                                    + " When it has a certificate of its own, an admin gives that by the setting certificates."
                            : place + "did not begin the encryption: " + sentence(e)
                                    + " Check the settings tls and port: tls is for ports that are encrypted from the start.");
        }
        return new Answer.Failed(true, place + "could not be reached: " + sentence(e));
    }

    /**
     * The answer behind an exception of the mail library.
     *
     * @param reply the server's last reply
     */
    static Answer answer(MessagingException e, String reply, SmtpServer server, Mail mail) {
        List<Refusal> refusals = new ArrayList<>();
        for (Exception each = e; each instanceof MessagingException chained; each = chained.getNextException()) {
            refusal(each, mail).ifPresent(refusals::add);
        }
        if (!refusals.isEmpty()) {
            boolean temporary = refusals.stream().allMatch(Refusal::isTemporary);
            return new Answer.Failed(
                    temporary,
                    "Nothing was sent. "
                            + String.join(
                                    " ",
                                    refusals.stream().map(Refusal::sentence).toList()));
        }
        IOException cause = network(e);
        if (cause != null) {
            return answer(cause, server);
        }
        boolean isRefusal = reply.startsWith("4") || reply.startsWith("5");
        String said = isRefusal ? reply : text(e);
        if (e instanceof AuthenticationFailedException) {
            return new Answer.Failed(
                    reply.startsWith("4"),
                    "The server " + server.place() + " refused the login of "
                            + server.settings().user() + ": " + said);
        }
        return new Answer.Failed(
                reply.startsWith("4"), "The server " + server.place() + " did not take the mail: " + said);
    }

    /** Sentences on the recipients that the server refused. */
    static List<String> refusals(SendFailedException e) {
        List<String> sentences = new ArrayList<>();
        for (Exception each = e; each instanceof MessagingException chained; each = chained.getNextException()) {
            if (each instanceof SMTPAddressFailedException refused) {
                sentences.add(sentence(refused));
            }
        }
        return sentences;
    }

    static List<String> addresses(Address @Nullable [] addresses) {
        return addresses == null
                ? List.of()
                : Arrays.stream(addresses)
                        .map(address -> ((InternetAddress) address).getAddress())
                        .toList();
    }

    /** A reply to one command. */
    private record Refusal(int code, String sentence) {
        boolean isTemporary() {
            return code / 100 == TEMPORARY;
        }
    }

    private static Optional<Refusal> refusal(Exception e, Mail mail) {
        if (e instanceof SMTPAddressFailedException refused) {
            return Optional.of(new Refusal(refused.getReturnCode(), sentence(refused)));
        }
        if (e instanceof SMTPSenderFailedException refused) {
            return Optional.of(new Refusal(
                    refused.getReturnCode(),
                    "The server refuses the sender " + mail.from().address() + ": " + text(refused)));
        }
        boolean isSummary = e instanceof MessagingException chained
                && chained.getNextException() instanceof SMTPAddressFailedException;
        return e instanceof SMTPSendFailedException refused && refused.getReturnCode() > 0 && !isSummary
                ? Optional.of(new Refusal(refused.getReturnCode(), "The server refuses the mail: " + text(refused)))
                : Optional.empty();
    }

    private static String sentence(SMTPAddressFailedException refused) {
        return "The server refuses the recipient " + refused.getAddress().getAddress() + ": " + text(refused);
    }

    private static @Nullable IOException network(MessagingException e) {
        for (Exception each = e; each != null; ) {
            if (each instanceof IOException found) {
                return found;
            }
            each = each instanceof MessagingException chained ? chained.getNextException() : null;
        }
        return null;
    }

    private static boolean isAboutCertificate(IOException e) {
        for (Throwable each = e; each != null; each = each.getCause()) {
            if (each instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }

    private static String sentence(IOException e) {
        String text = text(e);
        return text.endsWith(".") ? text : text + ".";
    }

    private static String text(Exception e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message.strip().replaceAll("\\R", " ");
    }
}
