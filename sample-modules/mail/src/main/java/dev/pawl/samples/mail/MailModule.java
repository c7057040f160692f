package dev.pawl.samples.mail;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Bounds;
import dev.pawl.api.module.Default;
import dev.pawl.api.module.Description;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.Required;
import dev.pawl.api.module.RunException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Sends one mail over SMTP; a mail that the server has accepted is not sent again by the next run. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(
        id = "mail",
        name = "Mail",
        description = "Sends a mail over SMTP, with files and artifacts of the job attached.",
        capabilities = {"mail", "network"},
        enabled = false,
        inputs = MailModule.Inputs.class,
        settings = MailSettings.class)
public final class MailModule implements Module {

    /** Pauses between looks at whether a mail that waits for its next attempt must end. */
    private static final Duration LOOK = Duration.ofMillis(200);

    private static final Duration CHECKPOINT = Duration.ofSeconds(2);

    private final InstantSource clock = InstantSource.system();

    /**
     * A mail.
     *
     * @param from the sender; that of the settings when none is given
     * @param to recipients
     * @param cc recipients of a copy
     * @param bcc recipients whom the others do not see
     * @param replyTo addresses for the answer
     * @param subject the subject
     * @param text the text
     * @param html the text as HTML; with {@code text} its alternative
     * @param headers more header fields
     * @param attachments files to attach
     * @param partial whether the mail is sent to the others when the server refuses a recipient
     */
    public record Inputs(
            @Description("The sender, such as \"A. Name <a@example.org>\"; by default that of the settings.") @Nullable
            String from,

            @Description("The recipients.") @Nullable List<String> to,

            @Description("Recipients of a copy.") @Nullable List<String> cc,

            @Description("Recipients whom the others do not see.") @Nullable
            List<String> bcc,

            @Description("Addresses for the answer.") @Nullable
            List<String> replyTo,

            @Required @Bounds(max = 900) @Description("The subject, one line.")
            String subject,

            @Description("The text.") @Nullable String text,

            @Description("The text as HTML; with text, its alternative.") @Nullable
            String html,

            @Description("More header fields, by name.") @Nullable
            Map<String, String> headers,

            @Description("Files to attach.") @Nullable List<Attachment> attachments,

            @Default("false")
            @Description("Whether the mail is sent to the others when the server refuses a recipient.")
            boolean partial) {}

    /**
     * A file to attach, either of the machine or of the job.
     *
     * @param file the path of a file
     * @param artifact the name of an artifact that an earlier task of the job has made
     * @param name the name that recipients see
     * @param type the media type
     */
    public record Attachment(
            @Description("The path of a file.") @Nullable String file,

            @Description("The name of an artifact that an earlier task of the job makes.") @Nullable
            String artifact,

            @Description("The name that recipients see; by default that of the file.") @Nullable
            String name,

            @Description("The media type, such as application/pdf; by default that of the name's ending.") @Nullable
            String type) {}

    @Override
    public void validate(TaskContext task) throws ValidationException {
        MailSettings settings = task.settings(MailSettings.class);
        SmtpServer.of(settings);
        Mail mail = Mail.of(task.inputs(Inputs.class), settings);
        new Attachments(task).check(mail.attachments());
    }

    @Override
    public void run(TaskContext task) throws Exception {
        if (task.checkpoint("accepted", false)) {
            return;
        }
        MailSettings settings = task.settings(MailSettings.class);
        SmtpServer server = SmtpServer.of(settings);
        Mail mail = Mail.of(task.inputs(Inputs.class), settings);
        Instant date = Instant.ofEpochMilli(task.checkpoint("date_ms", clock.millis()));
        task.checkpoint(Map.of("date_ms", date.toEpochMilli())); // every attempt sends the same mail
        Message message = Message.of(mail, new Attachments(task).find(mail.attachments()), task, date);
        message.requireSize("the setting max_mb of mail allows", settings.maxMb() * 1_000_000L);
        for (int attempt = task.checkpoint("attempts", 0) + 1; ; attempt++) {
            task.progress(0, Map.of("attempt", attempt, "attempts", settings.attempts()));
            Answer answer = Delivery.send(server, message, task);
            if (answer instanceof Answer.Accepted accepted) {
                accept(accepted, message, task);
                return;
            }
            Answer.Failed failed = (Answer.Failed) answer;
            if (!failed.isTemporary() || attempt >= settings.attempts()) {
                throw new RunException(
                        failed.sentence() + (failed.isTemporary() ? " It was tried " + times(attempt) + "." : ""));
            }
            task.warning(failed.sentence() + " The next attempt follows in "
                    + settings.retryWait().toMillis() / 1000.0 + " s.");
            task.checkpoint(Map.of("attempts", attempt));
            await(settings.retryWait(), task);
        }
    }

    private static void accept(Answer.Accepted accepted, Message message, TaskContext task) {
        accepted.refused().forEach(task::warning);
        task.info("The server accepted the mail: " + accepted.sentence());
        task.emit(Map.of(
                "message_id",
                message.id(),
                "accepted",
                accepted.recipients(),
                "refused",
                accepted.refused(),
                "answer",
                accepted.sentence()));
        task.progress(100, Map.of());
        task.checkpoint(Map.of("accepted", true));
    }

    private static String times(int attempts) {
        return attempts == 1 ? "once" : attempts + " times";
    }

    /** Waits, so that a stop ends it at once, and a pause within some seconds. */
    private static void await(Duration wait, TaskContext task) throws InterruptedException {
        long begin = System.nanoTime();
        long saved = begin;
        while (System.nanoTime() - begin < wait.toNanos()) {
            Thread.sleep(LOOK.toMillis()); // between two looks at whether the task must end
            task.throwIfCancelled();
            if (System.nanoTime() - saved > CHECKPOINT.toNanos()) {
                saved = System.nanoTime();
                task.checkpoint(Map.of());
            }
        }
    }
}
