package dev.pawl.notification.mail;

import dev.pawl.notification.delivery.Outcome.End;
import dev.pawl.notification.message.Mails.Mail;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.web.TrustedCertificates;
import jakarta.activation.DataHandler;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** One conversation with the mail server; another thread may end it by {@link #close}. */
final class SmtpConversation implements AutoCloseable {

    private static final String UTF_8 = StandardCharsets.UTF_8.name();
    private static final int LEAST_REFUSAL = 500;
    private static final int LEAST_ERROR = 400;

    private final SmtpAccount account;
    private final Duration timeout;
    private final Mail mail;
    private final Socket socket = new Socket();

    SmtpConversation(SmtpAccount account, Duration timeout, Mail mail) {
        this.account = account;
        this.timeout = timeout;
        this.mail = mail;
    }

    /** Ends the conversation at once, wherever it is. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException closedAllTheSame) {
            // a socket that cannot say goodbye is closed too
        }
    }

    /** Sends the mail; blocks as long as the server may take. */
    SmtpReply hold() {
        try {
            int millis = Math.toIntExact(timeout.toMillis());
            UpgradedSockets encrypted = new UpgradedSockets(new TrustedCertificates(account.authorities()));
            socket.connect(new InetSocketAddress(account.host(), account.port()), millis);
            socket.setSoTimeout(millis);
            Session session = session(encrypted);
            SMTPTransport transport = new SMTPTransport(session, null);
            try {
                return send(transport, session, encrypted);
            } catch (MessagingException e) {
                return refused(e, transport);
            } finally {
                close(); // without a goodbye that would wait for an answer
            }
        } catch (IOException e) {
            return unreachable(e);
        } catch (ProblemException e) {
            return SmtpReply.failed(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            return SmtpReply.failed("PAWL_SMTP_CA: " + e.getMessage());
        }
    }

    private SmtpReply send(SMTPTransport transport, Session session, UpgradedSockets encrypted)
            throws MessagingException, IOException {
        transport.connect(
                account.tls() == SmtpAccount.Tls.TLS
                        ? encrypted.createSocket(socket, account.host(), account.port(), true)
                        : socket);
        MimeMessage message = message(session);
        try {
            transport.sendMessage(message, message.getRecipients(Message.RecipientType.TO));
        } catch (SendFailedException e) {
            Address[] sent = e.getValidSentAddresses();
            if (sent == null || sent.length == 0) {
                throw e;
            }
            String some = "The mail server took it for some recipients alone. " + String.join(" ", recipients(e));
            return new SmtpReply(End.DELIVERED, transport.getLastReturnCode(), some);
        }
        return new SmtpReply(End.DELIVERED, transport.getLastReturnCode(), null);
    }

    private Session session(UpgradedSockets encrypted) {
        boolean starts = account.tls() == SmtpAccount.Tls.STARTTLS;
        boolean logsIn = !account.user().isEmpty();
        Properties properties = new Properties();
        properties.put("mail.smtp.host", account.host());
        properties.put("mail.smtp.port", String.valueOf(account.port()));
        properties.put("mail.smtp.localhost", "[" + socket.getLocalAddress().getHostAddress() + "]");
        properties.put("mail.smtp.timeout", String.valueOf(timeout.toMillis()));
        properties.put("mail.smtp.starttls.enable", String.valueOf(starts));
        properties.put("mail.smtp.starttls.required", String.valueOf(starts));
        properties.put("mail.smtp.ssl.socketFactory", encrypted);
        properties.put("mail.smtp.ssl.checkserveridentity", "false"); // the sockets do it in the handshake
        properties.put("mail.smtp.sendpartial", "true");
        properties.put("mail.smtp.auth", String.valueOf(logsIn));
        String password = logsIn ? account.password() : "";
        return Session.getInstance(properties, new AccountLogin(account.user(), password));
    }

    private MimeMessage message(Session session) throws MessagingException {
        InternetAddress from = new InternetAddress(account.from(), true);
        String address = from.getAddress();
        String id = "<" + mail.id() + "@" + address.substring(address.lastIndexOf('@') + 1) + ">";
        MimeMessage message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", id);
            }
        };
        message.setFrom(from);
        for (String mailbox : mail.to()) {
            message.addRecipient(Message.RecipientType.TO, new InternetAddress(mailbox, true));
        }
        message.setSubject(mail.subject(), UTF_8);
        message.setSentDate(Date.from(mail.date()));
        message.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: nobody's absence answers it
        if (mail.isUrgent()) {
            message.setHeader("Importance", "high");
        }
        message.setDataHandler(new DataHandler(new ByteArrayDataSource(
                mail.text().replaceAll("\\R", "\r\n").getBytes(StandardCharsets.UTF_8), "text/plain; charset=UTF-8")));
        message.setHeader("Content-Transfer-Encoding", "quoted-printable");
        message.saveChanges();
        return message;
    }

    private SmtpReply refused(MessagingException e, SMTPTransport transport) {
        for (Exception each = e;
                each != null;
                each = each instanceof MessagingException chained ? chained.getNextException() : null) {
            if (each instanceof IOException network) {
                return unreachable(network);
            }
        }
        int code = transport.getLastReturnCode();
        boolean isError = code >= LEAST_ERROR;
        List<String> recipients = recipients(e);
        if (e instanceof AuthenticationFailedException) {
            return new SmtpReply(
                    End.FAILED,
                    isError ? code : null,
                    "The mail server " + account.place() + " refuses the login of " + account.user() + ": "
                            + said(e, transport));
        }
        String what = recipients.isEmpty() ? said(e, transport) : String.join(" ", recipients);
        boolean isFinal = code >= LEAST_REFUSAL && transport.isConnected();
        return new SmtpReply(
                isFinal ? End.REFUSED : End.FAILED,
                isError ? code : null,
                "The mail server " + account.place() + " does not take the mail. " + what);
    }

    private static String said(MessagingException e, SMTPTransport transport) {
        String reply = transport.getLastServerResponse();
        return reply != null && transport.getLastReturnCode() >= LEAST_ERROR
                ? reply.strip()
                : String.valueOf(e.getMessage()).strip();
    }

    private static List<String> recipients(MessagingException e) {
        List<String> sentences = new ArrayList<>();
        for (Exception each = e;
                each != null;
                each = each instanceof MessagingException chained ? chained.getNextException() : null) {
            if (each instanceof SMTPAddressFailedException one) {
                sentences.add(one.getAddress().getAddress() + ": "
                        + String.valueOf(one.getMessage()).strip());
            }
        }
        return sentences;
    }

    private SmtpReply unreachable(IOException e) {
        return SmtpReply.failed("The mail server " + account.place() + " cannot be used (tls is "
                + account.tls().name().toLowerCase(Locale.ROOT) + "): " + e + ".");
    }
}
