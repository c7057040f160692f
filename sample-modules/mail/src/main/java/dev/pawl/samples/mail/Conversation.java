package dev.pawl.samples.mail;

import dev.pawl.api.module.RunException;
import dev.pawl.samples.mail.MailSettings.Tls;
import jakarta.mail.Authenticator;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Properties;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** One conversation with an SMTP server; another thread may end it by {@link #close}. */
final class Conversation implements AutoCloseable {

    private final SmtpServer server;
    private final Message message;
    private final Socket socket = new Socket();

    Conversation(SmtpServer server, Message message) {
        this.server = server;
        this.message = message;
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

    /** Sends the mail and returns the answer; blocks as long as the server may take. */
    Answer hold() throws RunException {
        try {
            MailSettings settings = server.settings();
            int timeout = Math.toIntExact(settings.timeout().toMillis());
            SSLSocketFactory encrypted = server.encryptedSockets();
            socket.connect(new InetSocketAddress(server.host(), settings.usedPort()), timeout);
            socket.setSoTimeout(timeout);
            Session session = session(encrypted);
            SMTPTransport transport = new SMTPTransport(session, null);
            try {
                transport.connect(settings.tls() == Tls.TLS ? encrypted(encrypted, timeout) : socket);
                return send(transport, message.build(session));
            } catch (MessagingException e) {
                String reply = transport.getLastServerResponse();
                return Failures.answer(e, reply == null ? "" : reply.strip(), server, message.mail());
            } finally {
                close(); // without a goodbye that would wait for an answer
            }
        } catch (GeneralSecurityException e) {
            return new Answer.Failed(false, "Encryption is not possible: " + e.getMessage() + ".");
        } catch (IOException e) {
            return Failures.answer(e, server);
        }
    }

    private Socket encrypted(SSLSocketFactory sockets, int timeout) throws IOException {
        SSLSocket encrypted = (SSLSocket)
                sockets.createSocket(socket, server.host(), server.settings().usedPort(), true);
        encrypted.setSoTimeout(timeout);
        encrypted.startHandshake();
        return encrypted;
    }

    private Answer send(SMTPTransport transport, MimeMessage mime)
            throws MessagingException, IOException, RunException {
        Mailbox unusual = message.mail().needingUtf8();
        if (unusual != null && !transport.supportsExtension("SMTPUTF8")) {
            return new Answer.Failed(
                    false,
                    "The server " + server.place()
                            + " takes only ASCII characters before the @ (it does not offer SMTPUTF8), and "
                            + unusual.address() + " has others.");
        }
        String most = transport.getExtensionParameter("SIZE");
        if (most != null && most.matches("[1-9]\\d{0,17}")) {
            message.requireSize("the server " + server.place() + " takes", Long.parseLong(most));
        }
        List<String> recipients =
                message.mail().recipients().stream().map(Mailbox::address).toList();
        try {
            transport.sendMessage(
                    mime,
                    message.mail().recipients().stream()
                            .map(Mailbox::toInternetAddress)
                            .toArray(InternetAddress[]::new));
        } catch (SendFailedException e) {
            List<String> sent = Failures.addresses(e.getValidSentAddresses());
            if (sent.isEmpty()) {
                throw e;
            }
            return new Answer.Accepted(
                    sent,
                    Failures.refusals(e),
                    transport.getLastServerResponse().strip());
        }
        return new Answer.Accepted(
                recipients, List.of(), transport.getLastServerResponse().strip());
    }

    private Session session(SSLSocketFactory encrypted) {
        MailSettings settings = server.settings();
        Properties properties = new Properties();
        properties.put("mail.smtp.host", server.host());
        properties.put("mail.smtp.port", String.valueOf(settings.usedPort()));
        properties.put("mail.smtp.localhost", ownName());
        properties.put("mail.smtp.from", message.mail().from().address());
        properties.put("mail.smtp.timeout", String.valueOf(settings.timeout().toMillis()));
        properties.put(
                "mail.smtp.starttls.enable", String.valueOf(settings.tls() != Tls.NONE && settings.tls() != Tls.TLS));
        properties.put(
                "mail.smtp.starttls.required", String.valueOf(settings.requiresTls() && settings.tls() != Tls.TLS));
        properties.put("mail.smtp.ssl.socketFactory", encrypted);
        properties.put("mail.smtp.ssl.checkserveridentity", "false"); // the sockets do it in the handshake
        properties.put(
                "mail.smtp.sendpartial", String.valueOf(message.mail().inputs().partial()));
        properties.put("mail.mime.allowutf8", String.valueOf(message.mail().needingUtf8() != null));
        properties.put("mail.smtp.auth", String.valueOf(settings.user() != null));
        return Session.getInstance(properties, new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(settings.user(), settings.password());
            }
        });
    }

    private String ownName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "[" + socket.getLocalAddress().getHostAddress() + "]";
        }
    }
}
