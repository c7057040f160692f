package dev.pawl.notification.mail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.pawl.notification.delivery.Outcome;
import dev.pawl.notification.delivery.Outcome.End;
import dev.pawl.notification.message.Mails.Mail;
import dev.pawl.service.secret.SecretSeal;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;

/** Mails to a mail server that listens. */
final class SendsMailsTest {

    private static final Instant AT = Instant.parse("2026-06-01T12:00:00Z");
    private static final UUID ID = UUID.fromString("0000b8cd-af93-8df2-8ab5-db452e948921");

    @TempDir
    Path folder;

    private final Map<String, String> settings = new HashMap<>();
    private GreenMail server;

    @BeforeEach
    void start() {
        server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        settings.put("pawl.smtp.host", "127.0.0.1");
        settings.put("pawl.smtp.port", String.valueOf(server.getSmtp().getPort()));
        settings.put("pawl.smtp.tls", "none");
        settings.put("pawl.smtp.from", "Pawl <pawl@example.com>");
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void aMailArrivesAtAllItsRecipientsAndIsTheSameInEachTry() throws Exception {
        Outcome sent = send(
                mail("[Pawl] Failed: Sicherung ü", "Es ging schief: ü\n.\nEnde", "a@example.com", "b@example.com"));
        assertEquals(End.DELIVERED, sent.end(), () -> String.valueOf(sent.made().error()));
        assertEquals(250, sent.made().status());
        assertNull(sent.made().error());
        send(mail("[Pawl] Failed: Sicherung ü", "Es ging schief: ü\n.\nEnde", "a@example.com", "b@example.com"));
        MimeMessage[] got = server.getReceivedMessages();
        assertEquals(4, got.length, "two for each of two");
        MimeMessage mail = got[0];
        assertEquals("[Pawl] Failed: Sicherung ü", mail.getSubject());
        assertEquals("<" + ID + "@example.com>", mail.getMessageID());
        assertEquals(mail.getMessageID(), got[3].getMessageID());
        assertEquals(Date.from(AT), mail.getSentDate());
        assertEquals("Pawl <pawl@example.com>", mail.getFrom()[0].toString());
        assertEquals(2, mail.getRecipients(Message.RecipientType.TO).length);
        assertArrayEquals(new String[] {"auto-generated"}, mail.getHeader("Auto-Submitted"));
        String text = new String(mail.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals("Es ging schief: ü\r\n.\r\nEnde", text.stripTrailing());
    }

    @Test
    void aSubjectCannotAddAHeader() throws Exception {
        send(mail("x\r\nBcc: evil@example.com\r\n\r\nbody", "text", "a@example.com"));
        MimeMessage[] got = server.getReceivedMessages();
        assertEquals(1, got.length);
        assertNull(got[0].getHeader("Bcc"));
    }

    @Test
    void itLogsInWithThePasswordOfAFileThatMayChange() throws Exception {
        server.setUser("robot@example.com", "robot", "geheim");
        server.getManagers().getUserManager().setAuthRequired(true);
        Path file = Files.writeString(folder.resolve("password"), "falsch\n");
        settings.put("pawl.smtp.user", "robot");
        settings.put("pawl.smtp.password.file", file.toString());
        Outcome refused = send(mail("x", "text", "a@example.com"));
        assertEquals(End.FAILED, refused.end(), "an operator may mend it");
        assertTrue(String.valueOf(refused.made().error()).contains("refuses the login of robot"), () -> refused.made()
                .error());
        Files.writeString(file, "geheim\n");
        assertEquals(End.DELIVERED, send(mail("x", "text", "a@example.com")).end());
    }

    @Test
    void aPasswordMayBeANamedSecret() throws Exception {
        server.setUser("robot@example.com", "robot", "geheim");
        server.getManagers().getUserManager().setAuthRequired(true);
        settings.put("pawl.smtp.user", "robot");
        settings.put("pawl.smtp.password", "${secret:smtp}");
        Outcome sent = send(mail("x", "text", "a@example.com"));
        assertEquals(End.DELIVERED, sent.end(), () -> String.valueOf(sent.made().error()));
    }

    @Test
    void aServerWithoutEncryptionIsNotUsedUnlessTheOperatorSaysSo() {
        settings.remove("pawl.smtp.tls");
        Outcome refused = send(mail("x", "text", "a@example.com"));
        assertEquals(End.FAILED, refused.end());
        assertEquals(0, server.getReceivedMessages().length);
        assertTrue(String.valueOf(refused.made().error()).contains("STARTTLS"), () -> refused.made()
                .error());
    }

    @Test
    void aServerThatIsNotThereOrHangsIsSaidSo() throws IOException {
        server.stop();
        Outcome gone = send(mail("x", "text", "a@example.com"));
        assertEquals(End.FAILED, gone.end());
        assertTrue(String.valueOf(gone.made().error()).contains("cannot be used"), () -> gone.made()
                .error());
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            settings.put("pawl.smtp.port", String.valueOf(silent.getLocalPort()));
            assertEquals(End.FAILED, send(mail("x", "text", "a@example.com")).end());
            assertThrows(CancellationException.class, () -> mails().send(
                            mail("x", "text", "a@example.com"), AT, () -> Duration.ZERO, () -> true));
        }
    }

    @Test
    void withoutAServerNothingIsSentAndTheSettingIsNamed() {
        settings.put("pawl.smtp.host", "");
        Outcome outcome = send(mail("x", "text", "a@example.com"));
        assertTrue(String.valueOf(outcome.made().error()).contains("PAWL_SMTP_HOST"));
        assertNotNull(outcome);
    }

    private Outcome send(Mail mail) {
        long began = System.nanoTime();
        return mails().send(mail, AT, () -> Duration.ofNanos(System.nanoTime() - began), () -> false);
    }

    private SmtpMails mails() {
        SecretSeal seal = new SecretSeal() {
            @Override
            public String sealed(String place, String value) {
                return value;
            }

            @Override
            public String opened(String place, String sealed) {
                return sealed.equals("${secret:smtp}") ? "geheim" : "";
            }
        };
        return new SmtpMails(new SmtpAccount(context(), seal), Duration.ofSeconds(1), Duration.ofSeconds(5));
    }

    private BundleContext context() {
        return (BundleContext) Proxy.newProxyInstance(
                SendsMailsTest.class.getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> settings.get(String.valueOf(arguments[0])));
    }

    private static Mail mail(String subject, String text, String... to) {
        return new Mail(ID, AT, List.of(to), subject, text, false);
    }
}
