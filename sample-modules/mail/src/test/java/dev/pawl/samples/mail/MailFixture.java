package dev.pawl.samples.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.JobHarness;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** A mail to one recipient through a fake server, which tests change as they need it. */
final class MailFixture {

    final SmtpFake server;
    final Map<String, Object> inputs =
            new HashMap<>(Map.of("to", List.of("b@example.org"), "subject", "Done", "text", "All is well."));
    final Map<String, Object> settings = new HashMap<>();
    private final Path work;

    MailFixture(SmtpFake server, Path work) {
        this.server = server;
        this.work = work;
        settings.putAll(Map.of(
                "host", "localhost",
                "port", server.port(),
                "tls", "none",
                "from", "Pawl <pawl@example.org>",
                "recipients", List.of("example.org"),
                "retry_wait", "10ms",
                "timeout", "5s"));
    }

    MailFixture input(String name, Object value) {
        inputs.put(name, value);
        return this;
    }

    MailFixture setting(String name, Object value) {
        settings.put(name, value);
        return this;
    }

    MailFixture without(String name) {
        inputs.remove(name);
        settings.remove(name);
        return this;
    }

    JobHarness job(Path... roots) {
        return JobHarness.of(MailModule::new)
                .inputs(inputs)
                .settings(settings)
                .workDir(work)
                .roots(roots);
    }

    HarnessRun sent(Path... roots) {
        HarnessRun run = job(roots).run();
        assertEquals(Outcome.COMPLETED, run.outcome(), () -> String.valueOf(run.thrown()));
        return run;
    }

    String failure() {
        HarnessRun run = job().run();
        assertEquals(Outcome.RUN_FAILED, run.outcome(), () -> String.valueOf(run.thrown()));
        return String.valueOf(run.thrown().getMessage());
    }

    String refusal() {
        HarnessRun run = job().run();
        assertEquals(Outcome.VALIDATION_FAILED, run.outcome(), () -> String.valueOf(run.thrown()));
        assertEquals(List.of(), server.commands());
        return String.valueOf(run.thrown().getMessage());
    }

    /** The only mail that the server has, as a recipient's program reads it. */
    MimeMessage received() throws Exception {
        assertEquals(1, server.mails().size());
        return new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(server.mails().get(0).getBytes(StandardCharsets.UTF_8)));
    }
}
