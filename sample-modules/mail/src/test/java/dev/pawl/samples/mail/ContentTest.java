package dev.pawl.samples.mail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.HarnessRun.Outcome;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The mails that recipients see. */
final class ContentTest {

    @TempDir
    Path folder;

    private final SmtpFake server = new SmtpFake();
    private MailFixture mail;

    @BeforeEach
    void begin() {
        mail = new MailFixture(server, folder);
    }

    @AfterEach
    void end() throws Exception {
        server.close();
    }

    private static byte[] content(Part part) throws Exception {
        return part.getInputStream().readAllBytes();
    }

    private static String text(Part part) throws Exception {
        return new String(content(part), StandardCharsets.UTF_8);
    }

    private static Multipart parts(Part part) throws Exception {
        return new MimeMultipart(part.getDataHandler().getDataSource());
    }

    @Test
    void subjectNamesAndTextOfAnyLanguageArrive() throws Exception {
        HarnessRun run = mail.input(
                        "subject", "Fertig: größe 映画 🎬 " + "lang ".repeat(40).strip())
                .input("from", "\"Jürgen, Pawl\" <pawl@example.org>")
                .input("to", List.of("Žofie <b@example.org>"))
                .input("text", "Größe\n.\n..two\n" + "x".repeat(2_000))
                .sent();

        MimeMessage received = mail.received();
        assertEquals("Fertig: größe 映画 🎬 " + "lang ".repeat(40).strip(), received.getSubject());
        assertEquals("Jürgen, Pawl", ((InternetAddress) received.getFrom()[0]).getPersonal());
        assertEquals("Žofie", ((InternetAddress) received.getAllRecipients()[0]).getPersonal());
        assertEquals(
                "Größe\r\n.\r\n..two\r\n" + "x".repeat(2_000), text(received).strip());
        assertTrue(
                server.mails().get(0).lines().allMatch(line -> line.length() <= 100),
                server.mails().get(0));
        assertTrue(server.mails().get(0).chars().allMatch(c -> c < 128));
        assertEquals(received.getMessageID(), run.results().get(0).get("message_id"));
        assertTrue(received.getMessageID().endsWith("@example.org>"), received.getMessageID());
        assertEquals("250 2.0.0 Ok: queued as F4K3", run.results().get(0).get("answer"));
    }

    @Test
    void filesAndArtifactsAreAttachedAsTheyAre() throws Exception {
        byte[] film = new byte[200_000];
        new Random(1).nextBytes(film);
        Path root = Files.createDirectory(folder.toRealPath().resolve("root"));
        Files.write(root.resolve("größe 映画.mkv"), film);
        Files.createDirectories(folder.resolve("artifacts/shots"));
        Files.writeString(folder.resolve("artifacts/shots/a.html"), "<p>a</p>");

        mail.input("html", "<p>All is <b>well</b>.</p>")
                .input(
                        "attachments",
                        List.of(
                                Map.of("file", "größe 映画.mkv"),
                                Map.of("artifact", "shots/a.html", "name", "Bild.html")))
                .setting("root", root.toString())
                .sent(root);

        Multipart parts = parts(mail.received());
        Multipart alternatives = parts(parts.getBodyPart(0));
        assertEquals("All is well.", text(alternatives.getBodyPart(0)));
        assertTrue(alternatives.getBodyPart(1).isMimeType("text/html"));
        assertEquals("<p>All is <b>well</b>.</p>", text(alternatives.getBodyPart(1)));
        assertEquals("größe 映画.mkv", parts.getBodyPart(1).getFileName());
        assertArrayEquals(film, content(parts.getBodyPart(1)));
        assertEquals("Bild.html", parts.getBodyPart(2).getFileName());
        assertTrue(parts.getBodyPart(2).isMimeType("text/html"));
        assertEquals("<p>a</p>", text(parts.getBodyPart(2)));
    }

    @Test
    void attachmentsFromOutsideAreRefused() throws Exception {
        Path root = Files.createDirectory(folder.toRealPath().resolve("root"));
        Path secret = Files.writeString(folder.toRealPath().resolve("secret"), "secret");
        Files.createDirectories(folder.resolve("artifacts"));
        Files.createSymbolicLink(folder.resolve("artifacts/link"), secret);

        for (Map<String, Object> attachment : List.<Map<String, Object>>of(
                Map.of("file", secret.toString()),
                Map.of("file", root.resolve("missing").toString()),
                Map.of("artifact", "../secret"),
                Map.of("artifact", secret.toString()),
                Map.of("artifact", "a", "file", "/b"),
                Map.of("artifact", "a", "type", "multipart/mixed"),
                Map.of("name", "x"))) {
            HarnessRun run =
                    mail.input("attachments", List.of(attachment)).job(root).run();
            assertEquals(Outcome.VALIDATION_FAILED, run.outcome(), attachment::toString);
            assertTrue(
                    run.thrown().getMessage().startsWith("attachments[0]"),
                    run.thrown().getMessage());
        }
        assertTrue(mail.input("attachments", List.of(Map.of("artifact", "link")))
                .failure()
                .contains("which no earlier task of the job has made"));
        assertEquals(List.of(), server.commands());
    }

    @Test
    void aMissingArtifactIsNamedWithThoseThereAre() throws Exception {
        Files.createDirectories(folder.resolve("artifacts"));
        Files.writeString(folder.resolve("artifacts/b.png"), "b");

        assertEquals(
                "attachments[0].artifact is \"a.png\", which no earlier task of the job has made; there are b.png.",
                mail.input("attachments", List.of(Map.of("artifact", "a.png"))).failure());
    }

    @Test
    void whomOthersDoNotSeeIsInTheEnvelopeAlone() throws Exception {
        mail.input("cc", List.of("c@example.org"))
                .input("bcc", List.of("d@example.org", "b@example.org"))
                .input("reply_to", List.of("help@elsewhere.org"))
                .input("headers", Map.of("X-Job", "größe", "Auto-Submitted", "auto-generated"))
                .sent();

        assertEquals(
                List.of("RCPT TO:<b@example.org>", "RCPT TO:<c@example.org>", "RCPT TO:<d@example.org>"),
                server.commands().stream()
                        .filter(line -> line.startsWith("RCPT"))
                        .toList());
        assertFalse(
                server.mails().get(0).contains("d@example.org"), server.mails().get(0));
        MimeMessage received = mail.received();
        assertNull(received.getHeader("Bcc"));
        assertEquals("help@elsewhere.org", received.getReplyTo()[0].toString());
        assertEquals("auto-generated", received.getHeader("Auto-Submitted")[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\nBcc: x@example.org", "\n.\n", "\r", "\u0000", "\u2028x", "\u0085x"})
    void noInputAddsALineToTheHeader(String end) {
        assertTrue(mail.input("subject", "a" + end).refusal().startsWith("subject is \"a"));
        mail.input("subject", "a");
        assertTrue(mail.input("to", List.of("b@example.org" + end)).refusal().startsWith("to[0] is"));
        mail.input("to", List.of("b@example.org"));
        assertTrue(
                mail.input("from", "A" + end + " <pawl@example.org>").refusal().startsWith("from is"));
        mail.without("from").setting("from", "pawl@example.org");
        assertTrue(mail.input("headers", Map.of("X-A", "a" + end)).refusal().startsWith("headers.X-A is"));
        assertTrue(mail.input("headers", Map.of("X-A" + end, "a")).refusal().startsWith("headers has the name"));
        mail.without("headers");
        assertTrue(mail.input("attachments", List.of(Map.of("artifact", "a", "name", "a" + end)))
                .refusal()
                .startsWith("attachments[0].name is"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bcc", "Sender", "Content-Type", "Resent-To", "DKIM-Signature", "Message-ID", "a b", "a:b", "ü"})
    void headerFieldsOfTheModuleAndNonsenseAreRefused(String name) {
        assertTrue(mail.input("headers", Map.of(name, "x")).refusal().startsWith("headers has the "));
    }

    @Test
    void aMailThatIsTooLargeIsNotSent() throws Exception {
        Files.createDirectories(folder.resolve("artifacts"));
        Files.write(folder.resolve("artifacts/large"), new byte[900_000]);
        mail.input("attachments", List.of(Map.of("artifact", "large")));

        String setting = mail.setting("max_mb", 1).failure();
        assertTrue(setting.contains("the setting max_mb of mail allows 1,000,000."), setting);
        assertEquals(List.of(), server.commands());

        server.offers("SIZE 1000000");
        String said = mail.setting("max_mb", 25).failure();
        assertTrue(said.contains("the server localhost:" + server.port() + " takes 1,000,000."), said);
        assertEquals(List.of(), server.mails());
    }
}
