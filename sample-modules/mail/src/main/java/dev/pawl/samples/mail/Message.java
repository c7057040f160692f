package dev.pawl.samples.mail;

import dev.pawl.api.module.RunException;
import dev.pawl.api.module.TaskContext;
import jakarta.activation.CommandInfo;
import jakarta.activation.CommandMap;
import jakarta.activation.DataContentHandler;
import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.eclipse.angus.mail.handlers.multipart_mixed;
import org.jspecify.annotations.Nullable;

/**
 * A mail as it is sent (RFC 5322 and MIME).
 *
 * @param mail what it says
 * @param files what it carries
 * @param id its Message-ID, the same in every run of the job
 * @param date its date
 */
record Message(Mail mail, List<AttachedFile> files, String id, Instant date) {

    private static final String UTF_8 = StandardCharsets.UTF_8.name();
    /** Header fields and the borders of the parts. */
    private static final long HEADER_BYTES = 10_000;

    /** A quoted-printable character has three for one, and a line its end. */
    private static final long MOST_BYTES_FOR_A_BYTE = 4;

    static Message of(Mail mail, List<AttachedFile> files, TaskContext task, Instant date) {
        String key = task.idempotencyKey("mail").replaceAll("[^A-Za-z0-9._-]", "-");
        return new Message(mail, files, "<" + key + "@" + mail.from().domain() + ">", date);
    }

    /** Refuses a mail that is larger than somebody takes. */
    void requireSize(String who, long most) throws IOException, RunException {
        long bytes = HEADER_BYTES
                + MOST_BYTES_FOR_A_BYTE
                        * (length(mail.inputs().text()) + length(mail.inputs().html()));
        for (AttachedFile file : files) {
            bytes += file.sentBytes();
        }
        if (bytes > most) {
            throw new RunException(String.format(
                    Locale.ROOT,
                    "The mail takes up to %,d bytes with its attachments in base64; %s %,d. Attach less, or send a link.",
                    bytes,
                    who,
                    most));
        }
    }

    private static long length(@Nullable String text) {
        return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Builds it for the mail library. */
    MimeMessage build(Session session) throws MessagingException, IOException {
        MimeMessage message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", id);
            }
        };
        message.setFrom(mail.from().toInternetAddress());
        message.setRecipients(jakarta.mail.Message.RecipientType.TO, addresses(mail.to()));
        message.setRecipients(jakarta.mail.Message.RecipientType.CC, addresses(mail.cc()));
        if (!mail.replyTo().isEmpty()) {
            message.setReplyTo(addresses(mail.replyTo()));
        }
        message.setSubject(mail.inputs().subject(), UTF_8);
        message.setSentDate(Date.from(date));
        for (Map.Entry<String, String> header : Objects.requireNonNullElse(
                        mail.inputs().headers(), Map.<String, String>of())
                .entrySet()) {
            String value = MimeUtility.encodeText(header.getValue(), UTF_8, null);
            message.setHeader(header.getKey(), MimeUtility.fold(header.getKey().length() + 2, value));
        }
        fill(message);
        message.saveChanges();
        return message;
    }

    private static InternetAddress[] addresses(List<Mailbox> boxes) {
        return boxes.stream().map(Mailbox::toInternetAddress).toArray(InternetAddress[]::new);
    }

    private void fill(MimePart message) throws MessagingException {
        if (files.isEmpty()) {
            fillText(message);
            return;
        }
        MimeMultipart parts = new MimeMultipart("mixed");
        if (mail.inputs().text() != null || mail.inputs().html() != null) {
            MimeBodyPart text = new MimeBodyPart();
            fillText(text);
            parts.addBodyPart(text);
        }
        for (AttachedFile file : files) {
            MimeBodyPart part = new MimeBodyPart();
            part.setDataHandler(new DataHandler(file));
            part.setFileName(file.name());
            part.setHeader("Content-Transfer-Encoding", "base64");
            parts.addBodyPart(part);
        }
        setParts(message, parts);
    }

    private void fillText(MimePart part) throws MessagingException {
        String text = mail.inputs().text();
        String html = mail.inputs().html();
        if (text == null || html == null) {
            setText(part, html == null ? "plain" : "html", text == null ? Objects.requireNonNullElse(html, "") : text);
            return;
        }
        MimeMultipart alternatives = new MimeMultipart("alternative"); // the richest comes last (RFC 2046, 5.1.4)
        for (String subtype : List.of("plain", "html")) {
            MimeBodyPart alternative = new MimeBodyPart();
            setText(alternative, subtype, subtype.equals("plain") ? text : html);
            alternatives.addBodyPart(alternative);
        }
        setParts(part, alternatives);
    }

    private static void setText(MimePart part, String subtype, String text) throws MessagingException {
        String lines = text.replaceAll("\\R", "\r\n");
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(
                lines.getBytes(StandardCharsets.UTF_8), "text/" + subtype + "; charset=UTF-8")));
        part.setHeader("Content-Transfer-Encoding", "quoted-printable");
    }

    /** Names the handler itself: the library would look for one in files of the user and of the JVM. */
    private static void setParts(MimePart part, Multipart parts) throws MessagingException {
        DataHandler handler = new DataHandler(parts, parts.getContentType());
        handler.setCommandMap(new MultipartOnly());
        part.setDataHandler(handler);
        parts.setParent(part);
    }

    /** Knows the handler of multiparts. */
    private static final class MultipartOnly extends CommandMap {
        @Override
        public CommandInfo[] getPreferredCommands(String type) {
            return new CommandInfo[0];
        }

        @Override
        public CommandInfo[] getAllCommands(String type) {
            return new CommandInfo[0];
        }

        @Override
        public @Nullable CommandInfo getCommand(String type, String name) {
            return null;
        }

        @Override
        public DataContentHandler createDataContentHandler(String type) {
            return new multipart_mixed();
        }
    }
}
